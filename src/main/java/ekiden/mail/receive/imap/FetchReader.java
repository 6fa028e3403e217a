package ekiden.mail.receive.imap;

import ekiden.mail.receive.BodySink;
import ekiden.mail.receive.ReceiveMessage;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the answer FETCH (RFC 3501 §7.4.2). A body is handed on while it comes and gets the time that its size needs. */
final class FetchReader {
    private static final long MOST_SECONDS = Duration.ofDays(365).toSeconds();

    private final ImapTokens tokens;
    private final ImapTimeouts timeouts;
    private final ImapLimits limits;

    FetchReader(ImapTokens tokens, ImapTimeouts timeouts, ImapLimits limits) {
        this.tokens = tokens;
        this.timeouts = timeouts;
        this.limits = limits;
    }

    MailData read(Takers takers) throws ImapStop {
        MailData mail = new MailData();
        boolean whole = false;
        try {
            items(mail, takers);
            whole = true;
        } finally {
            if (mail.body != null && !whole) {
                mail.body.cut();
            }
        }
        if (mail.body != null) {
            mail.body.end();
        }
        return mail;
    }

    /** A server that lies about the size of a body has something else behind it than the end of the answer. */
    private void items(MailData mail, Takers takers) throws ImapStop {
        if (tokens.read() != '(') {
            throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, "FETCH without a list");
        }
        tokens.spaces();
        while (tokens.peek() != ')') {
            String name = name();
            tokens.spaces();
            item(name, mail, takers);
            tokens.spaces();
        }
        tokens.read();
        tokens.skipLine();
    }

    /** The name of an item; the section of a body may have spaces in it. */
    private String name() throws ImapStop {
        String name = tokens.word().toUpperCase(Locale.ROOT);
        int open = name.indexOf('[');
        if (name.isEmpty()) {
            throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, "FETCH without a name");
        }
        return open < 0 || name.indexOf(']', open) > 0 ? name : name + tokens.until(']') + "]" + tokens.word();
    }

    private void item(String name, MailData mail, Takers takers) throws ImapStop {
        switch (name) {
            case "UID" -> mail.uid = tokens.number();
            case "RFC822.SIZE" -> mail.size = tokens.number();
            case "INTERNALDATE" -> mail.received = tokens.string();
            case "FLAGS" -> mail.flags = tokens.list();
            case "BODY[HEADER]" -> header(mail);
            default -> {
                if (name.equals("BODY[]") || name.startsWith("BODY[]<")) {
                    body(mail, takers);
                } else {
                    tokens.skipValue();
                }
            }
        }
    }

    private void header(MailData mail) throws ImapStop {
        if (tokens.literalNext()) {
            long size = tokens.literal();
            byte[] kept = new byte[(int) Math.min(size, limits.headerBytes())];
            tokens.copy(kept, kept.length);
            tokens.wire().copy(size - kept.length, null);
            tokens.literalTaken(size - kept.length);
            mail.header = kept;
        } else if (tokens.peek() == '"') {
            mail.header = quoted();
        } else {
            tokens.skipValue();
        }
    }

    private void body(MailData mail, Takers takers) throws ImapStop {
        if (tokens.literalNext()) {
            long size = tokens.literal();
            BodySink.Body body = takers.body(mail.uid, size);
            literal(body, size);
            followedBy(body, mail);
            mail.bodyDropped = mail.uid == 0;
        } else if (tokens.peek() == '"') {
            byte[] bytes = quoted();
            BodySink.Body body = takers.body(mail.uid, bytes.length);
            if (body != null) {
                body.write(bytes, 0, bytes.length);
                followedBy(body, mail);
            }
            mail.bodyDropped = mail.uid == 0;
        } else {
            // NIL: announced, and not there
            tokens.skipValue();
        }
    }

    private void literal(BodySink.@Nullable Body body, long size) throws ImapStop {
        boolean whole = false;
        ImapWire.Stretch stretch = tokens.wire().begin(timeFor(size));
        try {
            tokens.wire().copy(size, body);
            tokens.literalTaken(size);
            whole = true;
        } finally {
            tokens.wire().over(stretch);
            if (body != null && !whole) {
                body.cut();
            }
        }
    }

    private static void followedBy(BodySink.@Nullable Body body, MailData mail) {
        if (body != null && mail.body != null) {
            mail.body.end();
        }
        mail.body = body == null ? mail.body : body;
    }

    private byte[] quoted() throws ImapStop {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        tokens.quoted(bytes);
        return bytes.toByteArray();
    }

    /** A size that is a lie may be any number; a time has to be one that the clock can count. */
    private Duration timeFor(long size) {
        return timeouts.body().plusSeconds(Math.min(MOST_SECONDS, size / Math.max(1, timeouts.slowest())));
    }
}
