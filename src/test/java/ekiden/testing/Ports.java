package ekiden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Ports of the loopback address. */
public final class Ports {
    private static final int CONNECT_MILLIS = 500;

    private Ports() {}

    /** {@return a port that is free now; another process may take it before it is used, so a start that fails tries again} */
    public static int free() {
        return free(1).getFirst();
    }

    /**
     * @param count how many
     * @return different ports that are free now
     */
    public static List<Integer> free(int count) {
        List<ServerSocket> open = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                open.add(new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1")));
            }
            return open.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            open.forEach(Ports::close);
        }
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
