package ekiden.mail.mime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the leaves of a mail in one pass over its bytes. Boundaries that are missing, repeated or wrong lose nothing: a
 * part ends at the next boundary that is open, a closed multipart that goes on is opened again, and a multipart whose
 * boundary never comes is searched for the one that is used in it, or else becomes one text.
 */
final class Structure {
    /** How often a multipart may be read again with another boundary; each time costs one more pass. */
    private static final int MAX_RESCUES = 4;

    private final Window window;
    private final MimeLimits limits;
    private final HeaderReader headers;
    private final HeaderText text;
    private final DelimiterScan scan;
    private final List<Leaf> leaves = new ArrayList<>();
    private final List<Level> levels = new ArrayList<>();
    private final Set<MimeMessage> oddities = EnumSet.noneOf(MimeMessage.class);
    private final List<SignedPart> signed = new ArrayList<>();
    private int rescues;
    private @Nullable Open open;

    /** A multipart that is being read. */
    static final class Level {
        final long bodyAt;
        final ContentType ofParts;
        final boolean signs;
        byte[] boundary;
        /** See {@link DelimiterScan#hash}. */
        int hash;

        int parts;
        boolean closed;
        boolean rescued;
        /** A line in the preamble that looks like a boundary, or -1. */
        long candidateAt = -1;
        /** Where the first part begins, its header included. */
        long firstAt;

        Level(long bodyAt, ContentType type, byte[] boundary) {
            this.bodyAt = bodyAt;
            this.signs = type.type().equals("multipart/signed");
            this.ofParts = type.type().equals("multipart/digest") ? ContentType.MESSAGE : ContentType.TEXT;
            this.boundary = boundary;
            this.hash = DelimiterScan.hash(boundary, 0, boundary.length);
        }

        void rename(byte[] used) {
            boundary = used;
            hash = DelimiterScan.hash(used, 0, used.length);
        }
    }

    /** A leaf that is being read. */
    record Open(HeaderBlock header, ContentType content, SizeCounter counter, long offset) {}

    Structure(RawSource raw, MimeLimits limits, HeaderText text) {
        this.window = new Window(raw);
        this.limits = limits;
        this.text = text;
        this.headers = new HeaderReader(window, limits);
        this.scan = new DelimiterScan(window, levels);
    }

    List<Leaf> leaves() {
        return leaves;
    }

    /**
     * A part that is signed apart from its signature (RFC 1847 §2.1).
     *
     * @param offset where it begins, its header included
     * @param length up to the line break before the boundary
     * @param signature the number of the leaf behind it
     */
    record SignedPart(long offset, long length, int signature) {}

    List<SignedPart> signed() {
        return signed;
    }

    Set<MimeMessage> oddities() {
        return oddities;
    }

    /** {@return the header of the mail itself, after reading all of it} */
    HeaderBlock read() throws IOException, TooMuch {
        HeaderReader.Header top = headers.read(0, true);
        text.hint(text.contentType(top.block(), ContentType.TEXT).charset());
        if (top.block().count() == 0) {
            oddities.add(MimeMessage.HEADER_MISSING);
        } else if (top.block().junk()) {
            oddities.add(MimeMessage.HEADER_JUNK);
        }
        begin(top, ContentType.TEXT);
        long at = top.bodyAt();
        while (at >= 0) {
            DelimiterScan.Found found = scan.next(at, open);
            at = found.level() < 0 ? end(found) : delimiter(found);
        }
        return top.block();
    }

    private void begin(HeaderReader.Header header, ContentType otherwise) throws TooMuch {
        ContentType content = text.contentType(header.block(), otherwise);
        if (!content.multipart()) {
            TransferEncoding encoding = TransferEncoding.of(text.ascii(header.block(), "content-transfer-encoding"));
            open = new Open(header.block(), content, new SizeCounter(encoding), header.bodyAt());
            return;
        }
        if (levels.size() == limits.nesting()) {
            throw new TooMuch(MimeMessage.TOO_DEEP, "limit", limits.nesting());
        }
        String boundary = content.parameters().getOr("boundary", "").stripTrailing();
        levels.add(new Level(header.bodyAt(), content, boundary.getBytes(StandardCharsets.UTF_8)));
        open = null;
    }

    private long delimiter(DelimiterScan.Found found) throws IOException, TooMuch {
        close(found.contentEnd());
        long again = leaveLevelsAbove(found.level(), found.contentEnd());
        if (again >= 0) {
            return again;
        }
        Level level = levels.get(found.level());
        if (found.closing()) {
            level.closed = true;
            return found.next();
        }
        level.closed = false;
        if (level.parts == 0) {
            level.firstAt = found.next();
        } else if (level.parts == 1 && level.signs) {
            signed.add(new SignedPart(level.firstAt, found.contentEnd() - level.firstAt, leaves.size()));
        }
        level.parts++;
        HeaderReader.Header header = headers.read(found.next(), false);
        begin(header, level.ofParts);
        return header.bodyAt();
    }

    private long end(DelimiterScan.Found found) throws IOException, TooMuch {
        for (Level level : levels) {
            if (!level.closed && level.parts > 0) {
                oddities.add(MimeMessage.PART_NOT_CLOSED);
            }
        }
        close(found.contentEnd());
        return leaveLevelsAbove(-1, found.contentEnd());
    }

    private void close(long end) throws IOException, TooMuch {
        if (open != null) {
            long length = Math.max(0, end - open.offset);
            add(new Leaf(
                    open.header, open.content, open.counter.encoding(), open.offset, length, open.counter.finish()));
            open = null;
        }
    }

    private void add(Leaf leaf) throws TooMuch {
        if (leaves.size() == limits.parts()) {
            throw new TooMuch(MimeMessage.TOO_MANY_PARTS, "limit", limits.parts());
        }
        leaves.add(leaf);
    }

    /** {@return where to go on reading when one of those levels was empty and is to be read again, or -1} */
    private long leaveLevelsAbove(int kept, long end) throws TooMuch, IOException {
        while (levels.size() > kept + 1) {
            Level level = levels.getLast();
            if (level.parts > 0) {
                levels.removeLast();
            } else if (level.candidateAt >= 0 && rescues < MAX_RESCUES && !level.rescued) {
                rescues++;
                level.rescued = true;
                level.closed = false;
                level.rename(scan.candidate(level.candidateAt));
                oddities.add(MimeMessage.BOUNDARY_GUESSED);
                return level.candidateAt;
            } else {
                levels.removeLast();
                keepAsOnePart(level, end);
            }
        }
        return -1;
    }

    private void keepAsOnePart(Level level, long end) throws TooMuch {
        long length = end - level.bodyAt;
        if (length <= 0) {
            return;
        }
        oddities.add(MimeMessage.BOUNDARY_MISSING);
        ContentType content = length <= limits.textBytes()
                ? ContentType.TEXT
                : new ContentType("application/octet-stream", Parameters.NONE);
        add(new Leaf(HeaderBlock.EMPTY, content, TransferEncoding.IDENTITY, level.bodyAt, length, length));
    }
}
