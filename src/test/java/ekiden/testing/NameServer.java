package ekiden.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A name server of a few lines on loopback that answers every question in the same way. */
public final class NameServer implements AutoCloseable {
    /** There is an answer. */
    public static final int NO_ERROR = 0;
    /** The server is in trouble. */
    public static final int SERVER_FAILURE = 2;
    /** The name does not exist. */
    public static final int NO_SUCH_NAME = 3;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final int code;
    private final List<String> strings;
    private volatile boolean silent;
    private volatile int asked;

    /**
     * @param code of each answer
     * @param strings of the one TXT record in it; empty for none
     * @throws SocketException when it cannot listen
     */
    public NameServer(int code, List<String> strings) throws SocketException {
        this.code = code;
        this.strings = strings;
        Thread.ofVirtual().start(this::serve);
    }

    /** {@return where it is asked} */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    /** {@return how many questions came} */
    public int asked() {
        return asked;
    }

    /**
     * Ends its answers, or begins them again.
     *
     * @param from whether it answers nothing from now on
     */
    public void silent(boolean from) {
        silent = from;
    }

    private void serve() {
        byte[] bytes = new byte[4096];
        while (!socket.isClosed()) {
            DatagramPacket question = new DatagramPacket(bytes, bytes.length);
            try {
                socket.receive(question);
                byte[] answer = answer(Arrays.copyOf(bytes, question.getLength()));
                asked = asked + 1;
                if (silent) {
                    continue;
                }
                socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
            } catch (SocketException closed) {
                return;
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    /** The question again, and where there are strings, one record about it. */
    private byte[] answer(byte[] question) {
        int end = 12;
        while (question[end] != 0) {
            end += question[end] + 1;
        }
        end += 5;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(question, 0, 2);
        out.writeBytes(
                new byte[] {(byte) 0x81, (byte) (0x80 | code), 0, 1, 0, (byte) (strings.isEmpty() ? 0 : 1), 0, 0, 0, 0
                });
        out.write(question, 12, end - 12);
        if (!strings.isEmpty()) {
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            for (String string : strings) {
                data.write(string.length());
                data.writeBytes(string.getBytes(StandardCharsets.US_ASCII));
            }
            out.writeBytes(
                    new byte[] {(byte) 0xc0, 12, 0, 16, 0, 1, 0, 0, 1, 0, (byte) (data.size() >> 8), (byte) data.size()
                    });
            out.writeBytes(data.toByteArray());
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
