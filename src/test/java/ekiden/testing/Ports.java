package ekiden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Ports of the loopback address. They lie below those that the system gives to whom asks for any, and each virtual machine has a block of its own,
 * so that a port stays free though nobody listens there, for example while a server is started again, whatever else is tested at that time. Safe from
 * any thread.
 */
public final class Ports {
    private static final int CONNECT_MILLIS = 500;
    /** Linux gives those from 32768 on to whom asks for any. */
    private static final int BELOW = 32_500;

    private static final int BLOCK = 500;
    private static final int BLOCKS = 40;
    private static final Ports OURS = new Ports();

    /** The first port of the block, open for as long as this virtual machine lives, says to the others whose the block is. */
    private final ServerSocket guard;

    private int next;

    private Ports() {
        int first = (int) (ProcessHandle.current().pid() % BLOCKS);
        guard = IntStream.range(0, BLOCKS)
                .map(i -> BELOW - BLOCK * (1 + (first + i) % BLOCKS))
                .mapToObj(Ports::opened)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no block of ports is free"));
    }

    private static Optional<ServerSocket> opened(int port) {
        try {
            return Optional.of(new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1")));
        } catch (IOException taken) {
            return Optional.empty();
        }
    }

    /** {@return a port that is free now, and not given again before some hundreds of others} */
    public static int free() {
        return free(1).getFirst();
    }

    /**
     * @param count how many
     * @return different ports that are free now
     */
    public static List<Integer> free(int count) {
        return OURS.some(count);
    }

    private synchronized List<Integer> some(int count) {
        List<Integer> found = new ArrayList<>();
        for (int tried = 1; tried < BLOCK && found.size() < count; tried++) {
            next = next % (BLOCK - 1) + 1;
            int port = guard.getLocalPort() + next;
            Optional<ServerSocket> open = opened(port);
            if (open.isPresent()) {
                close(open.get());
                found.add(port);
            }
        }
        if (found.size() < count) {
            throw new AssertionError("no port is free behind " + guard.getLocalPort());
        }
        return found;
    }

    /** {@return whether something accepts a connection at that port of 127.0.0.1} */
    public static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), CONNECT_MILLIS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
