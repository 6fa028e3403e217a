package ekiden.mail.mime;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the next line that is a boundary of a multipart being read. Looks for hyphens, eight bytes at a time, and checks
 * lines only where two of them stand at the beginning of one.
 */
final class DelimiterScan {
    /** A line longer than this is no boundary; RFC 2046 allows 70 characters, real ones are longer at times. */
    private static final int MAX_LINE = 1200;

    private static final String CONTENT = "content-";

    private final Window window;
    private final List<Structure.Level> levels;
    private long fed;

    DelimiterScan(Window window, List<Structure.Level> levels) {
        this.window = window;
        this.levels = levels;
    }

    /**
     * What was found.
     *
     * @param level the number of the multipart, or -1 at the end of the mail
     * @param closing whether it ends that multipart
     * @param contentEnd where what stands before ends: the line break belongs to the boundary
     * @param next where the line behind begins
     */
    record Found(int level, boolean closing, long contentEnd, long next) {}

    /** Looks from {@code from}, which is the beginning of a line, and lets the open leaf count what is passed. */
    Found next(long from, Structure.@Nullable Open open) throws IOException {
        fed = from;
        if (levels.isEmpty()) {
            return atEnd(from, open);
        }
        long at = from;
        while (at < window.size()) {
            long keep = Math.max(fed, Math.max(from, at - 2));
            feed(open, keep);
            long to = window.ensure(Math.max(from, at - 2), at + MAX_LINE + CONTENT.length());
            at = Math.max(at, search(from, at, searchable(to)));
            Found found = at + 1 < window.end() ? check(from, at) : null;
            if (found != null) {
                feed(open, found.contentEnd);
                return found;
            }
            at++;
        }
        return atEnd(from, open);
    }

    /** Up to where lines can be checked without reading on. */
    private long searchable(long ensured) {
        return ensured == window.size() || window.end() == window.size()
                ? window.size()
                : window.end() - MAX_LINE - CONTENT.length();
    }

    /** {@return the position of the next two hyphens at the beginning of a line, or {@code to}} */
    private long search(long from, long start, long to) {
        long at = start;
        while (at < to) {
            at = window.find((byte) '-', at, to);
            if (at + 1 < window.end() && window.at(at + 1) == '-' && beginsLine(from, at)) {
                return at;
            }
            at++;
        }
        return to - 1;
    }

    private boolean beginsLine(long from, long at) {
        return at == from || window.at(at - 1) == '\n' || window.at(at - 1) == '\r';
    }

    private @Nullable Found check(long from, long at) {
        if (window.at(at) != '-' || window.at(at + 1) != '-' || !beginsLine(from, at)) {
            return null;
        }
        long end = lineEnd(at + 2);
        if (end < 0) {
            return null;
        }
        int first = window.index(at + 2);
        int last = window.index(end);
        while (last > first && blank(window.bytes()[last - 1])) {
            last--;
        }
        Found found = mayBeBoundary(first, last) ? find(from, at, end, first, last) : null;
        if (found == null) {
            noteCandidate(at, end, last - first);
        }
        return found;
    }

    /** Millions of lines may begin as boundaries do, with fifty multiparts open: one pass without a comparison for each. */
    private boolean mayBeBoundary(int first, int last) {
        int opening = hash(window.bytes(), first, last);
        int closing = last - first < 2 ? opening : hash(window.bytes(), first, last - 2);
        for (int i = 0; i < levels.size(); i++) {
            int hash = levels.get(i).hash;
            if (hash == opening || hash == closing) {
                return true;
            }
        }
        return false;
    }

    /** {@return a number that is the same for the same bytes} */
    static int hash(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    private @Nullable Found find(long from, long at, long end, int first, int last) {
        for (boolean closed : new boolean[] {false, true}) {
            for (int i = levels.size() - 1; i >= 0; i--) {
                Structure.Level level = levels.get(i);
                int length = level.boundary.length;
                boolean opening = length == last - first;
                boolean closing = length + 2 == last - first
                        && window.bytes()[last - 1] == '-'
                        && window.bytes()[last - 2] == '-';
                if (level.closed == closed && length > 0 && (opening || closing) && equal(level.boundary, first)) {
                    return new Found(i, closing, contentEnd(from, at), afterBreak(end));
                }
            }
        }
        return null;
    }

    private boolean equal(byte[] boundary, int first) {
        return Arrays.equals(boundary, 0, boundary.length, window.bytes(), first, first + boundary.length);
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }

    private long lineEnd(long from) {
        byte[] bytes = window.bytes();
        int end = window.index(Math.min(window.end(), from + MAX_LINE));
        for (int i = window.index(from); i < end; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                return from + i - window.index(from);
            }
        }
        return window.end() == window.size() && window.end() <= from + MAX_LINE ? window.size() : -1;
    }

    private long afterBreak(long end) {
        if (end == window.size()) {
            return end;
        }
        boolean pair = window.at(end) == '\r' && end + 1 < window.end() && window.at(end + 1) == '\n';
        return end + (pair ? 2 : 1);
    }

    private long contentEnd(long from, long at) {
        if (at == from) {
            return at;
        }
        boolean pair = at - 1 > from && window.at(at - 1) == '\n' && window.at(at - 2) == '\r';
        return at - (pair ? 2 : 1);
    }

    /** In the preamble of a multipart without parts: a line that could be its boundary, because a part header follows. */
    private void noteCandidate(long at, long end, int length) {
        Structure.Level level = levels.getLast();
        long next = afterBreak(end);
        if (level.parts > 0 || level.rescued || level.candidateAt >= 0 || length == 0) {
            return;
        }
        for (int i = 0; i < CONTENT.length(); i++) {
            if (next + i >= window.end() || Character.toLowerCase(window.at(next + i)) != CONTENT.charAt(i)) {
                return;
            }
        }
        level.candidateAt = at;
    }

    /** {@return the boundary that stands in a line which was noted} */
    byte[] candidate(long at) throws IOException {
        window.ensure(at, at + MAX_LINE);
        long end = lineEnd(at + 2);
        int last = window.index(end);
        while (blank(window.bytes()[last - 1])) {
            last--;
        }
        return Arrays.copyOfRange(window.bytes(), window.index(at + 2), last);
    }

    private Found atEnd(long from, Structure.@Nullable Open open) throws IOException {
        long size = window.size();
        if (open != null && open.counter().encoding() == TransferEncoding.IDENTITY) {
            open.counter().skip(size - fed);
            fed = size;
        }
        while (open != null && fed < size) {
            window.ensure(fed, fed + 1);
            feed(open, window.end());
        }
        return new Found(-1, false, Math.max(from, size), size);
    }

    private void feed(Structure.@Nullable Open open, long to) throws IOException {
        long end = Math.min(to, window.end());
        if (open != null && fed < end) {
            open.counter().feed(window.bytes(), window.index(fed), window.index(end));
        }
        fed = Math.max(fed, end);
    }
}
