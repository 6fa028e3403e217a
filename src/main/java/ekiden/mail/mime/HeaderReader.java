package ekiden.mail.mime;

import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts the header of a mail or part into fields. A header ends at an empty line, or before the first line that is none;
 * in the mail's own header such a line is passed over when well-known fields follow (a badly folded header must not
 * cost the mail its structure).
 */
final class HeaderReader {
    private static final String[] KNOWN = {
        "from:",
        "to:",
        "cc:",
        "subject:",
        "date:",
        "mime-version:",
        "content-",
        "message-id:",
        "received:",
        "x-",
        "reply-to:",
        "return-path:",
        "references:",
        "in-reply-to:",
        "sender:"
    };
    private static final int STEP = 8 * 1024;

    private final Window window;
    private final MimeLimits limits;
    private long spent;
    /** Where the last well-known field that was looked for ahead begins, so that no line is looked at twice. */
    private long knownAt = -1;

    HeaderReader(Window window, MimeLimits limits) {
        this.window = window;
        this.limits = limits;
    }

    /** A header and where the body behind it begins. */
    record Header(HeaderBlock block, long bodyAt) {}

    Header read(long from, boolean ofMail) throws IOException, TooMuch {
        long start = ofMail ? pastEnvelopeLine(from) : from;
        HeaderBlock.Builder fields = new HeaderBlock.Builder();
        long at = start;
        long body = -1;
        boolean cut = false;
        while (body < 0) {
            Line line = line(start, at);
            if (line.end == line.next && line.next == window.size() && line.end == at) {
                body = at;
            } else if (line.end == at) {
                body = line.next;
            } else if (!take(start, at, line, fields)) {
                if (ofMail && fields.count() > 0 && !dashes(at, line) && knownFollows(start, line.next)) {
                    fields.junk();
                } else {
                    body = at;
                    cut = true;
                }
            }
            at = line.next;
        }
        return new Header(build(start, body, fields, start == from && !cut), body);
    }

    private HeaderBlock build(long start, long body, HeaderBlock.Builder fields, boolean oneReading) throws TooMuch {
        if (fields.count() == 0) {
            return oneReading ? HeaderBlock.EMPTY : fields.build(new byte[0], false);
        }
        spent += body - start;
        if (spent > limits.allHeaderBytes()) {
            throw new TooMuch(MimeMessage.HEADERS_TOO_LONG, "limit", limits.allHeaderBytes());
        }
        int index = window.index(start);
        return fields.build(Arrays.copyOfRange(window.bytes(), index, index + (int) (body - start)), oneReading);
    }

    /** A line: where its break begins, and where the next line begins. */
    private record Line(long end, long next) {}

    private Line line(long start, long at) throws IOException, TooMuch {
        long from = at;
        while (true) {
            long to = window.ensure(start, Math.min(window.size(), from + STEP));
            long end = lineEnd(from, to);
            if (end > at && end - start > limits.headerBytes()) {
                throw new TooMuch(MimeMessage.HEADER_TOO_LONG, "limit", limits.headerBytes(), "offset", start);
            }
            if (end < to) {
                return new Line(end, afterBreak(start, end));
            }
            if (to == window.size()) {
                return new Line(to, to);
            }
            from = to;
        }
    }

    private long lineEnd(long from, long to) {
        byte[] bytes = window.bytes();
        int i = window.index(from);
        int end = window.index(to);
        while (i < end && bytes[i] != '\n' && bytes[i] != '\r') {
            i++;
        }
        return from + (i - window.index(from));
    }

    private long afterBreak(long start, long end) throws IOException {
        long to = window.ensure(start, end + 2);
        return window.at(end) == '\r' && end + 1 < to && window.at(end + 1) == '\n' ? end + 2 : end + 1;
    }

    private boolean take(long start, long at, Line line, HeaderBlock.Builder fields) throws TooMuch {
        byte[] bytes = window.bytes();
        int from = window.index(at);
        int to = window.index(line.end);
        int offset = window.index(start);
        if (bytes[from] == ' ' || bytes[from] == '\t') {
            fields.extend(to - offset);
            return fields.count() > 0;
        }
        if (dashes(at, line)) {
            return false;
        }
        int colon = from;
        while (colon < to && bytes[colon] > ' ' && bytes[colon] < 127 && bytes[colon] != ':') {
            colon++;
        }
        int nameEnd = colon;
        while (colon < to && (bytes[colon] == ' ' || bytes[colon] == '\t')) {
            colon++;
        }
        if (colon == to || bytes[colon] != ':' || nameEnd == from) {
            return false;
        }
        if (fields.count() == limits.headerFields()) {
            throw new TooMuch(MimeMessage.TOO_MANY_FIELDS, "limit", limits.headerFields(), "offset", start);
        }
        fields.field(from - offset, nameEnd - offset, colon + 1 - offset, to - offset);
        return true;
    }

    /** Whether a line looks like a boundary: the empty line before the first part was left out. */
    private boolean dashes(long at, Line line) {
        return line.end - at > 1 && window.at(at) == '-' && window.at(at + 1) == '-';
    }

    /** Whether a well-known field stands before the next empty line. */
    private boolean knownFollows(long start, long from) throws IOException, TooMuch {
        long at = from;
        while (at < window.size() && knownAt < from) {
            Line line = line(start, at);
            if (line.end == at) {
                return false;
            }
            if (known(at, line.end)) {
                knownAt = at;
            }
            at = line.next;
        }
        return knownAt >= from;
    }

    private boolean known(long from, long to) {
        for (String name : KNOWN) {
            if (to - from > name.length() && startsWith(from, name)) {
                return true;
            }
        }
        return false;
    }

    private boolean startsWith(long from, String lower) {
        for (int i = 0; i < lower.length(); i++) {
            int b = window.at(from + i);
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Passes over a byte order mark and the line {@code From sender date} that mbox files put before a mail. */
    private long pastEnvelopeLine(long from) throws IOException, TooMuch {
        window.ensure(from, from + STEP);
        boolean mark = window.size() - from > 3
                && window.at(from) == (byte) 0xef
                && window.at(from + 1) == (byte) 0xbb
                && window.at(from + 2) == (byte) 0xbf;
        long at = mark ? from + 3 : from;
        if (window.size() - at > 6
                && (startsWith(at, "from ") || startsWith(at, ">from "))
                && window.at(at + 5) != ':') {
            at = line(at, at).next;
        }
        return at;
    }
}
