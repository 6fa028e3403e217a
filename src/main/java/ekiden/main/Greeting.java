package ekiden.main;

import ekiden.base.HostPort;
import ekiden.base.Reason;
import ekiden.base.Result;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Whether our listener answers where a profile says that it listens. Blocks for a few seconds at most. */
final class Greeting {
    private static final int MILLIS = 5_000;
    private static final int LONGEST = 512;
    /** What our listener calls itself at the end of its first line. */
    private static final String OURS = " Ekiden";

    private Greeting() {}

    /**
     * @param listen where it should listen
     * @return its greeting, or why there is none
     */
    static Result<String> at(HostPort listen) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(MILLIS);
            InetAddress address = InetAddress.getByName(listen.host());
            if (address.isAnyLocalAddress()) {
                address = InetAddress.getLoopbackAddress();
            }
            socket.connect(new InetSocketAddress(address, listen.port()), MILLIS);
            String line = line(socket.getInputStream());
            return line.startsWith("220 ") && line.endsWith(OURS)
                    ? Result.ok(listen + " " + line)
                    : Result.failed(MailCommandMessage.OTHER_LISTENER, "address", listen);
        } catch (IOException failed) {
            return Result.failed(MailCommandMessage.NOTHING_LISTENS, "address", listen, "reason", Reason.of(failed));
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n' && line.length() < LONGEST; b = in.read()) {
            line.append((char) b);
        }
        String text = line.toString().strip();
        return StandardCharsets.US_ASCII.newEncoder().canEncode(text) ? text : "";
    }
}
