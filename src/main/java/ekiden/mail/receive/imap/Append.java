package ekiden.mail.receive.imap;

import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.imap.Causes.Asked;
import java.io.IOException;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** APPEND (RFC 3501 §6.3.11): puts a mail into a folder, piece by piece. */
final class Append {
    private static final int PIECE = 32 * 1024;
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("dd-MMM-uuuu HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Append() {}

    static void run(ImapConnection connection, String folder, Set<String> flags, Filing mail) throws ImapStop {
        String tag = connection.send(new ImapCommand("APPEND ")
                .string(ModifiedUtf7.encode(folder))
                .words(" (" + String.join(" ", new TreeSet<>(flags)) + ") \"" + DATE.format(mail.date()) + "\" {"
                        + mail.size() + "}"));
        if (connection.goAhead(tag)) {
            write(connection, mail);
            connection.wire().put("\r\n");
        }
        connection.good(Asked.TARGET, connection.end(tag, Takers.NONE, any -> {}));
    }

    /** Exactly as many bytes as were announced: what is fewer or more would be taken for commands. */
    private static void write(ImapConnection connection, Filing mail) throws ImapStop {
        byte[] piece = new byte[PIECE];
        long left = mail.size();
        try (InputStream in = mail.content().open()) {
            while (left > 0) {
                int count = in.read(piece, 0, (int) Math.min(left, PIECE));
                if (count < 0) {
                    throw ImapStop.broken(ReceiveMessage.LOST, "the mail became shorter");
                }
                left -= count;
                connection.wire().put(count == PIECE ? piece : Arrays.copyOf(piece, count));
                connection.wire().flush();
            }
        } catch (IOException unreadable) {
            throw ImapStop.broken(ReceiveMessage.LOST, unreadable);
        }
    }
}
