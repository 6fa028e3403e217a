package ekiden.mail.scan;

import ekiden.base.Clock;
import ekiden.base.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Speaks INSTREAM to clamd: {@code zINSTREAM}, pieces with their length in front (four bytes, network order), a length of zero; the answer ends with
 * a zero byte. {@code zPING} is answered by {@code PONG}. One connection for each file and each question. A scanner that has seen enough answers and closes while it is still being written to.
 *
 * <p>Source: the manual page clamd(8), commands. Everything together has one time limit.
 */
final class Clamd {
    /** Bytes of an answer; what comes behind is not read. */
    static final int MAX_ANSWER = 4_096;

    private static final int PIECE = 32 * 1024;
    private static final String FOUND = " FOUND";
    private static final String ENDS_EARLY = "it ends too early";

    private final String address;
    private final Duration timeout;
    private final Clock clock;

    Clamd(String address, Duration timeout, Clock clock) {
        this.address = address;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** What the scanner says. */
    sealed interface Answer {}

    /** It found nothing. */
    record Clean() implements Answer {}

    /**
     * It found something.
     *
     * @param what its name for it
     */
    record Found(String what) implements Answer {}

    /** The file is larger than it takes. */
    record TooLarge() implements Answer {}

    /**
     * It could not be asked.
     *
     * @param reason why
     */
    record Away(String reason) implements Answer {}

    private static final class TooLate extends IOException {
        private static final long serialVersionUID = 1;

        TooLate() {
            super("no answer in time");
        }
    }

    /** What is said on one connection. */
    private interface Talk {
        Answer with(SocketChannel channel, SelectionKey key, long end) throws IOException;
    }

    Answer ask(InputStream bytes) {
        return talk((channel, key, end) -> {
            try {
                send(bytes, channel, key, end);
            } catch (TooLate late) {
                throw late;
            } catch (IOException closedEarly) {
                // it may have said why
                return answer(read(channel, key, end));
            }
            return answer(read(channel, key, end));
        });
    }

    /** Asks whether it is there. {@return why not, or empty where it is} */
    Optional<String> ping() {
        Answer answer = talk((channel, key, end) -> {
            write(ByteBuffer.wrap("zPING\0".getBytes(StandardCharsets.US_ASCII)), channel, key, end);
            String said = read(channel, key, end);
            return said.equals("PONG") ? new Clean() : new Away(said.isEmpty() ? ENDS_EARLY : said);
        });
        return answer instanceof Away(String reason) ? Optional.of(reason) : Optional.empty();
    }

    private Answer talk(Talk talk) {
        long end = clock.nanos() + timeout.toNanos();
        try (SocketChannel channel = open();
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, 0);
            connect(channel, key, end);
            return talk.with(channel, key, end);
        } catch (IOException failed) {
            return new Away(Reason.of(failed));
        } catch (RuntimeException noAddress) {
            return new Away("not an address");
        }
    }

    private boolean unix() {
        return address.startsWith("/");
    }

    private SocketChannel open() throws IOException {
        return unix() ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
    }

    private SocketAddress socket() {
        int colon = address.lastIndexOf(':');
        return unix()
                ? UnixDomainSocketAddress.of(address)
                : new InetSocketAddress(
                        address.substring(0, colon).replaceAll("[\\[\\]]", ""),
                        Integer.parseInt(address.substring(colon + 1)));
    }

    private void connect(SocketChannel channel, SelectionKey key, long end) throws IOException {
        boolean there = channel.connect(socket());
        while (!there) {
            await(key, SelectionKey.OP_CONNECT, end);
            there = channel.finishConnect();
        }
    }

    private void await(SelectionKey key, int what, long end) throws IOException {
        long left = end - clock.nanos();
        key.interestOps(what);
        if (left <= 0
                || key.selector().select(Math.max(1, Duration.ofNanos(left).toMillis())) == 0) {
            throw new TooLate();
        }
        key.selector().selectedKeys().clear();
    }

    private void send(InputStream bytes, SocketChannel channel, SelectionKey key, long end) throws IOException {
        write(ByteBuffer.wrap("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII)), channel, key, end);
        byte[] piece = new byte[PIECE];
        for (int read = bytes.readNBytes(piece, 0, PIECE); read > 0; read = bytes.readNBytes(piece, 0, PIECE)) {
            ByteBuffer framed = ByteBuffer.allocate(Integer.BYTES + read);
            framed.putInt(read).put(piece, 0, read).flip();
            write(framed, channel, key, end);
        }
        write(ByteBuffer.allocate(Integer.BYTES), channel, key, end);
    }

    private void write(ByteBuffer bytes, SocketChannel channel, SelectionKey key, long end) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(key, SelectionKey.OP_WRITE, end);
            }
        }
    }

    private String read(SocketChannel channel, SelectionKey key, long end) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(MAX_ANSWER);
        boolean over = false;
        while (!over && into.hasRemaining()) {
            int read = channel.read(into);
            if (read == 0) {
                await(key, SelectionKey.OP_READ, end);
            }
            over = read < 0 || (into.position() > 0 && into.get(into.position() - 1) == 0);
        }
        return new String(into.array(), 0, into.position(), StandardCharsets.UTF_8)
                .replace("\0", "")
                .strip();
    }

    private static Answer answer(String said) {
        if (said.equals("stream: OK")) {
            return new Clean();
        }
        if (said.endsWith(FOUND)) {
            String what = said.substring(said.indexOf(':') + 1, said.length() - FOUND.length());
            return new Found(what.strip());
        }
        if (said.contains("size limit exceeded")) {
            return new TooLarge();
        }
        return new Away(said.isEmpty() ? ENDS_EARLY : said);
    }
}
