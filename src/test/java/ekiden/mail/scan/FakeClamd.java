package ekiden.mail.scan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A scanner that answers as its script says, and keeps what it was sent. */
public final class FakeClamd implements AutoCloseable {
    /** What it does with one connection. */
    public enum Script {
        /** Reads all and answers by what it has read. */
        READS_ALL,
        /** Answers that the limit is reached after the first piece, and closes. */
        HAS_A_LIMIT,
        /** Reads all and never answers, but says that it is there. */
        IS_SILENT,
        /** Answers nothing. */
        IS_DEAF,
        /** Closes at once. */
        HANGS_UP
    }

    private final ServerSocketChannel server;
    private volatile Script script;
    /** How often it was called. */
    public final AtomicInteger connections = new AtomicInteger();
    /** What it was sent, as whole files. */
    public final List<byte[]> scanned = new CopyOnWriteArrayList<>();

    private FakeClamd(ServerSocketChannel server, Script script) {
        this.server = server;
        this.script = script;
        Thread.ofVirtual().start(this::serve);
    }

    /** On any free port of this machine. */
    public static FakeClamd tcp(Script script) throws IOException {
        return new FakeClamd(ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0)), script);
    }

    static FakeClamd unix(Path socket, Script script) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return new FakeClamd(server.bind(UnixDomainSocketAddress.of(socket)), script);
    }

    /** @param next what it does from now on */
    public void script(Script next) {
        script = next;
    }

    /** {@return as a definition names it} */
    public String address() throws IOException {
        SocketAddress at = server.getLocalAddress();
        return at instanceof InetSocketAddress tcp ? "127.0.0.1:" + tcp.getPort() : at.toString();
    }

    private void serve() {
        try {
            while (true) {
                SocketChannel one = server.accept();
                Thread.ofVirtual().start(() -> serve(one));
            }
        } catch (IOException closed) {
            System.getLogger("fake").log(System.Logger.Level.TRACE, "closed", closed);
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            if (script == Script.HANGS_UP) {
                return;
            }
            connections.incrementAndGet();
            String command = command(channel);
            if (script == Script.IS_DEAF) {
                read(channel, 1 << 20);
            }
            if (command.equals("zPING\0")) {
                say(channel, "PONG");
                return;
            }
            if (!command.equals("zINSTREAM\0")) {
                say(channel, "UNKNOWN COMMAND");
                return;
            }
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int length = length(channel); length > 0; length = length(channel)) {
                all.writeBytes(read(channel, length));
                if (script == Script.HAS_A_LIMIT) {
                    say(channel, "INSTREAM size limit exceeded. ERROR");
                    return;
                }
            }
            scanned.add(all.toByteArray());
            if (script == Script.IS_SILENT) {
                read(channel, 1);
            }
            boolean bad = all.toString(StandardCharsets.ISO_8859_1).contains("EVIL");
            say(channel, bad ? "stream: Test.Evil FOUND" : "stream: OK");
        } catch (IOException gone) {
            System.getLogger("fake").log(System.Logger.Level.TRACE, "gone", gone);
        }
    }

    private static String command(SocketChannel channel) throws IOException {
        StringBuilder command = new StringBuilder();
        while (command.isEmpty() || command.charAt(command.length() - 1) != 0) {
            command.append((char) read(channel, 1)[0]);
        }
        return command.toString();
    }

    private static int length(SocketChannel channel) throws IOException {
        return ByteBuffer.wrap(read(channel, Integer.BYTES)).getInt();
    }

    private static byte[] read(SocketChannel channel, int bytes) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(bytes);
        while (into.hasRemaining()) {
            if (channel.read(into) < 0) {
                throw new IOException("gone");
            }
        }
        return into.array();
    }

    private static void say(SocketChannel channel, String words) throws IOException {
        channel.write(ByteBuffer.wrap((words + "\0").getBytes(StandardCharsets.US_ASCII)));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
