package ekiden.main;

import ekiden.base.LazyLogger;
import ekiden.model.mail.UidSet;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Just enough of an IMAP server (RFC 3501) for {@link WaitTraining} and {@link RehearsedMailbox}: one folder of made-up mails, one connection after the
 * other, on loopback, for anybody. No real mail ever comes near it.
 */
final class TrainingMailbox implements AutoCloseable {
    private static final String CAPABILITY = "CAPABILITY IMAP4rev1 SASL-IR ID IDLE UIDPLUS MOVE ESEARCH AUTH=PLAIN";
    private static final int EACH_LARGE = 25;
    private static final int LARGE_BYTES = 200_000;
    private static final int LINE_BYTES = 8_192;

    private final ServerSocket socket;
    private int mails;
    private UidSet unread;
    /** Where news go while the client idles. */
    private @Nullable OutputStream idling;

    TrainingMailbox(int mails) throws IOException {
        this.mails = mails;
        this.unread = mails == 0 ? UidSet.EMPTY : UidSet.between(1, mails);
        this.socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().name("ekiden-training").daemon().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** One more mail comes; the client is told at once where it idles, else with the answer to its next NOOP. */
    synchronized void deliver() {
        mails++;
        unread = unread.plus(UidSet.of(mails));
        OutputStream told = idling;
        if (told != null) {
            try {
                say(told, exists());
            } catch (IOException gone) {
                LazyLogger.of(TrainingMailbox.class).log(System.Logger.Level.DEBUG, "nobody to tell", gone);
            }
        }
    }

    private String exists() {
        return "* " + mails + " EXISTS";
    }

    private synchronized void idles(@Nullable OutputStream out) throws IOException {
        idling = out;
        if (out != null) {
            say(out, "+ idling");
            say(out, exists());
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept();
                    InputStream in = new BufferedInputStream(client.getInputStream());
                    OutputStream out = new BufferedOutputStream(client.getOutputStream(), 1 << 16)) {
                // an answer of two parts would wait for the acknowledgement of its first, 40 ms each time
                client.setTcpNoDelay(true);
                say(out, "* OK [" + CAPABILITY + "] training");
                String line = line(in);
                while (line != null && answer(line, in, out)) {
                    line = line(in);
                }
            } catch (IOException gone) {
                LazyLogger.of(TrainingMailbox.class).log(System.Logger.Level.DEBUG, "a client left", gone);
            }
        }
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() == LINE_BYTES) {
                return null;
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Answers a command; false where it was the last one. */
    private boolean answer(String line, InputStream in, OutputStream out) throws IOException {
        if (line.endsWith(" IDLE")) {
            idles(out);
            line(in);
            idles(null);
        } else {
            answer(line, out);
        }
        say(out, line.substring(0, line.indexOf(' ')) + " OK done");
        return !line.endsWith(" LOGOUT");
    }

    private synchronized void answer(String line, OutputStream out) throws IOException {
        String[] words = line.split(" ");
        String command = words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "";
        if (command.equals("UID") && words.length > 3) {
            command = words[2].toUpperCase(Locale.ROOT);
        }
        switch (command) {
            case "CAPABILITY" -> say(out, "* " + CAPABILITY);
            case "ID" -> say(out, "* ID NIL");
            case "SELECT", "EXAMINE" -> {
                say(out, "* FLAGS (\\Seen \\Deleted)\r\n* OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] kept");
                say(out, exists() + "\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 1] valid");
                say(out, "* OK [UIDNEXT " + (mails + 1) + "] next");
            }
            case "NOOP" -> say(out, exists());
            case "SEARCH" -> {
                UidSet found = line.contains(" UNSEEN") || mails == 0 ? unread : UidSet.between(1, mails);
                say(out, "* ESEARCH (TAG \"" + words[0] + "\") UID" + (found.isEmpty() ? "" : " ALL " + found));
            }
            case "FETCH" -> fetch(UidSet.parse(words[3]), line.contains("BODY.PEEK[HEADER]"), out);
            case "STORE" -> unread = unread.minus(UidSet.parse(words[3]));
            case "LOGOUT" -> say(out, "* BYE until then");
            default -> {}
        }
    }

    private void fetch(UidSet uids, boolean headers, OutputStream out) throws IOException {
        for (long uid : uids.uids()) {
            byte[] mail = mail(uid);
            String start = "* " + uid + " FETCH (UID " + uid;
            if (headers) {
                start += " RFC822.SIZE " + mail.length + " INTERNALDATE \"23-Nov-2026 11:00:00 +0900\" FLAGS ("
                        + (unread.contains(uid) ? "" : "\\Seen") + ") BODY[HEADER]";
                mail = header(mail);
            } else {
                start += " BODY[]";
            }
            out.write((start + " {" + mail.length + "}\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(mail);
            say(out, ")");
        }
    }

    private static byte[] header(byte[] mail) {
        String text = new String(mail, StandardCharsets.ISO_8859_1);
        return text.substring(0, text.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] mail(long uid) {
        String text = "A line of a mail that nobody sent, as long as such lines are: 12345.\r\n".repeat(40);
        String head = "Received: from localhost by localhost; Mon, 23 Nov 2026 11:00:00 +0000\r\nMessage-ID: <" + uid
                + "@training>\r\nDate: Mon, 23 Nov 2026 11:00:00 +0900\r\nFrom: Training <training@localhost>\r\n"
                + "To: training@localhost\r\nSubject: =?utf-8?B?"
                + Base64.getEncoder().encodeToString("練習".getBytes(StandardCharsets.UTF_8)) + "?= " + uid
                + "\r\nMIME-Version: 1.0\r\n";
        String mail =
                head + "Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\n" + text;
        if (uid % EACH_LARGE == 0) {
            mail = head + "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; "
                    + "charset=UTF-8\r\n\r\n" + text
                    + "\r\n--b\r\nContent-Type: application/octet-stream; name=\"a.bin\""
                    + "\r\nContent-Disposition: attachment; filename=\"a.bin\"\r\nContent-Transfer-Encoding: base64\r\n"
                    + "\r\n" + Base64.getMimeEncoder().encodeToString(new byte[LARGE_BYTES]) + "\r\n--b--\r\n";
        }
        return mail.getBytes(StandardCharsets.UTF_8);
    }
}
