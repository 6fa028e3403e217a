package ekiden.http.client;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Just as much HTTP/1.1 as our own server speaks: one request a connection, lengths always known (RFC 9112). One thread. */
final class Wire {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int MOST_HEADERS = 100;
    private static final int PIECE = 64 * 1024;

    private final InputStream in;
    private final OutputStream out;

    Wire(Socket socket) throws IOException {
        this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        this.out = socket.getOutputStream();
    }

    /** The first part of an answer. */
    record Head(int status, Map<String, String> headers) {
        long length() throws IOException {
            String length = headers.get("content-length");
            if (length == null) {
                return 0;
            }
            try {
                return Long.parseLong(length);
            } catch (NumberFormatException wrong) {
                throw new NotHttp("a length that is no number", wrong);
            }
        }
    }

    /** What came is not the HTTP that our server speaks. */
    static final class NotHttp extends IOException {
        private static final long serialVersionUID = 1;

        NotHttp(String message) {
            super(message);
        }

        NotHttp(String message, Throwable cause) {
            super(message, cause);
        }
    }

    void send(String head, byte[] body) throws IOException {
        byte[] first = head.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[first.length + body.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        out.write(all);
        out.flush();
    }

    Head head() throws IOException {
        String first = line();
        if (!first.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
            throw new NotHttp("no HTTP answer");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon <= 0 || headers.size() >= MOST_HEADERS) {
                throw new NotHttp("a header that is none");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.put(name, line.substring(colon + 1).strip());
        }
        if (headers.containsKey("transfer-encoding")) {
            throw new NotHttp("an answer without a length");
        }
        return new Head(Integer.parseInt(first.substring(9, 12)), headers);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            if (line.size() >= LONGEST_LINE) {
                throw new NotHttp("a line that is too long");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    byte[] body(Head head, int most) throws IOException {
        if (head.length() > most) {
            throw new NotHttp("an answer of " + head.length() + " bytes");
        }
        byte[] body = in.readNBytes((int) head.length());
        if (body.length < head.length()) {
            throw new EOFException("the answer ended early");
        }
        return body;
    }

    void body(Head head, OutputStream into) throws IOException {
        byte[] piece = new byte[PIECE];
        long left = head.length();
        while (left > 0) {
            int read = in.read(piece, 0, (int) Math.min(PIECE, left));
            if (read < 0) {
                throw new EOFException("the answer ended early");
            }
            into.write(piece, 0, read);
            left -= read;
        }
    }
}
