package ekiden.mail.receive.smtpd;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many connections are open, in all and of each client. One client leaves room for others however many it opens; who has a
 * network of IPv6 has all its addresses, so a /64 counts as one client. Safe from any thread.
 */
final class SmtpPlaces {
    private static final int NETWORK_BYTES = 8;

    private final int all;
    private final int each;
    private final Semaphore places;
    private final Map<ByteBuffer, Integer> open = new HashMap<>();

    /** What becomes of a client that comes. */
    enum Answer {
        /** It has a place, which must be given back. */
        COME_IN,
        /** No place is left. */
        FULL,
        /** It has all that one client can have. */
        TOO_MANY_OF_CLIENT
    }

    SmtpPlaces(SmtpdLimits limits) {
        this.all = limits.connections();
        this.each = limits.connectionsOfClient();
        this.places = new Semaphore(all);
    }

    Answer take(InetAddress client) {
        synchronized (open) {
            int mine = open.getOrDefault(key(client), 0);
            if (mine >= each) {
                return Answer.TOO_MANY_OF_CLIENT;
            }
            if (!places.tryAcquire()) {
                return Answer.FULL;
            }
            open.put(key(client), mine + 1);
            return Answer.COME_IN;
        }
    }

    void give(InetAddress client) {
        synchronized (open) {
            open.computeIfPresent(key(client), (key, mine) -> mine == 1 ? null : mine - 1);
        }
        places.release();
    }

    /** Waits until nobody has a place. */
    void awaitNone(Duration patience) throws InterruptedException {
        if (places.tryAcquire(all, patience.toNanos(), TimeUnit.NANOSECONDS)) {
            places.release(all);
        }
    }

    private static ByteBuffer key(InetAddress client) {
        byte[] address = client.getAddress();
        return ByteBuffer.wrap(client instanceof Inet6Address ? Arrays.copyOf(address, NETWORK_BYTES) : address);
    }
}
