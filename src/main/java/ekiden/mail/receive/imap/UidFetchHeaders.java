package ekiden.mail.receive.imap;

import ekiden.mail.receive.Glimpse;
import ekiden.mail.receive.imap.Causes.Asked;
import ekiden.model.mail.UidSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** UID FETCH (RFC 3501 §6.4.5) of everything but the body, without setting {@code \Seen}. */
final class UidFetchHeaders {
    private static final String ITEMS = " (UID RFC822.SIZE INTERNALDATE FLAGS BODY.PEEK[HEADER])";

    /** {@code 17-Jul-1996 02:44:25 -0700}; the day may begin with a space. */
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendValue(ChronoField.DAY_OF_MONTH, 1, 2, SignStyle.NOT_NEGATIVE)
            .appendPattern("-MMM-uuuu HH:mm:ss xx")
            .toFormatter(Locale.ENGLISH);

    private UidFetchHeaders() {}

    static void run(ImapConnection connection, UidSet mails, Consumer<Glimpse> each) throws ImapStop {
        ImapLimits limits = connection.limits();
        Deque<String> underway = new ArrayDeque<>();
        Consumer<Response> take = response -> take(response, mails, each);
        for (UidSet chunk : SetChunks.of(mails, limits.commandBytes() - ITEMS.length() - 16, limits.lookAtOnce())) {
            if (underway.size() == limits.pipelined()) {
                finish(connection, underway.remove(), take);
            }
            underway.add(connection.send(new ImapCommand("UID FETCH " + SetChunks.text(chunk) + ITEMS)));
            connection.wire().flush();
        }
        while (!underway.isEmpty()) {
            finish(connection, underway.remove(), take);
        }
    }

    private static void finish(ImapConnection connection, String tag, Consumer<Response> take) throws ImapStop {
        Response.Tagged end = connection.end(tag, Takers.NONE, take);
        if (!UidFetchBodies.goneMeanwhile(end)) {
            connection.good(Asked.READ, end);
        }
    }

    /** What is not asked for, or is only news of flags, is no glimpse. */
    private static void take(Response response, UidSet mails, Consumer<Glimpse> each) {
        if (response instanceof Response.Fetched(MailData mail)) {
            byte[] header = mail.header;
            Set<String> flags = mail.flags;
            if (header != null && flags != null && mail.size >= 0 && mail.uid > 0 && mails.contains(mail.uid)) {
                each.accept(new Glimpse(mail.uid, mail.size, received(mail.received), flags, header));
            }
        }
    }

    /** The server's word on when it had the mail; the epoch where it makes no sense, since nothing is decided by it. */
    static Instant received(@Nullable String date) {
        try {
            return date == null
                    ? Instant.EPOCH
                    : OffsetDateTime.parse(date.strip(), DATE).toInstant();
        } catch (DateTimeParseException wrong) {
            return Instant.EPOCH;
        }
    }
}
