package ekiden.mail.send;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the copies of ours among the mails of a file. Belongs to one thread. */
final class MboxScan {
    /** The first line of the header of a copy of ours: when it was kept, and what its Message-ID became. */
    static final String MARK = "X-Ekiden-Copy: ";

    private static final Pattern OURS = Pattern.compile(Pattern.quote(MARK) + "(\\d{1,18}) ([0-9a-f]{32})");
    private static final String FROM = "From ";
    private static final int BLOCK = 256 * 1024;
    private static final int LINE = 96;

    /**
     * A copy of ours.
     *
     * @param from where it begins
     * @param to behind its end
     * @param kept when, in seconds of the epoch
     * @param key what its Message-ID became
     */
    record Copy(long from, long to, long kept, String key) {}

    private final List<Copy> copies = new ArrayList<>();
    private final byte[] line = new byte[LINE];
    private int length;
    private long lineAt;
    private boolean emptyBefore = true;
    private boolean first;
    private @Nullable Copy open;

    private MboxScan() {}

    /** {@return the copies of ours, in their order} */
    static List<Copy> of(FileChannel file) throws IOException {
        MboxScan scan = new MboxScan();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        long at = 0;
        for (int count = file.read(block, at); count > 0; count = file.read(block.clear(), at)) {
            for (int i = 0; i < count; i++) {
                scan.take(block.get(i), at + i);
            }
            at += count;
        }
        scan.begins(at);
        return scan.copies;
    }

    private void take(byte next, long at) {
        if (next != '\n') {
            if (length < LINE) {
                line[length] = next;
            }
            length++;
            return;
        }
        line();
        length = 0;
        lineAt = at + 1;
    }

    private void line() {
        boolean from = emptyBefore && starts(FROM);
        if (from) {
            begins(lineAt);
        } else if (first && starts(MARK)) {
            Matcher ours = OURS.matcher(new String(line, 0, Math.min(length, LINE), StandardCharsets.ISO_8859_1));
            if (ours.matches()) {
                open = new Copy(mailAt, 0, Long.parseLong(ours.group(1)), ours.group(2));
            }
        }
        first = from;
        emptyBefore = length == 0;
    }

    private long mailAt;

    /** A mail begins here, or the file ends; the one before is over. */
    private void begins(long at) {
        Copy before = open;
        if (before != null) {
            copies.add(new Copy(before.from(), at, before.kept(), before.key()));
            open = null;
        }
        mailAt = at;
    }

    private boolean starts(String words) {
        if (length < words.length()) {
            return false;
        }
        for (int i = 0; i < words.length(); i++) {
            if (line[i] != words.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
