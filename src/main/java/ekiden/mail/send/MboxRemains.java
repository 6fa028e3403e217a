package ekiden.mail.send;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a process that was stopped in the middle of a copy left at the end of a file of mails. It is cut off where it is that copy and nothing else; where
 * another program may have added a mail since, everything stays, and only the mark of the copy goes, so that it counts as none. Belongs to one thread.
 */
final class MboxRemains {
    /** As long as the mark, and no mark. */
    static final String PART = "X-Ekiden-Part: ";

    private static final byte[] FROM = "From ".getBytes(StandardCharsets.US_ASCII);
    private static final int BLOCK = 64 * 1024;

    private MboxRemains() {}

    /**
     * @param file locked
     * @param length how long it was before the copy
     * @param first with what the copy begins, its mark in it
     */
    static void mend(FileChannel file, long length, byte[] first) throws IOException {
        long size = file.size();
        if (size <= length) {
            return;
        }
        byte[] there = read(file, length, (int) Math.min(first.length, size - length));
        if (!Arrays.equals(there, Arrays.copyOf(first, there.length))) {
            return;
        }
        if (!mailBegins(file, length + there.length)) {
            file.truncate(length);
            file.force(true);
            return;
        }
        int mark = new String(there, StandardCharsets.ISO_8859_1).indexOf("\n" + MboxScan.MARK);
        if (mark >= 0) {
            write(file, length + mark + 1, PART.getBytes(StandardCharsets.US_ASCII));
            file.force(true);
        }
    }

    /**
     * Whether a mail may begin there, or behind. Other programs put its first line directly behind what they find, wherever in a line that ends; a copy in whose
     * text those words stand looks like that too, and stays.
     */
    private static boolean mailBegins(FileChannel file, long from) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        int same = 0;
        long at = from;
        for (int count = file.read(block, at); count > 0; count = file.read(block.clear(), at)) {
            for (int i = 0; i < count; i++) {
                byte next = block.get(i);
                same = next == FROM[same] ? same + 1 : next == FROM[0] ? 1 : 0;
                if (same == FROM.length) {
                    return true;
                }
            }
            at += count;
        }
        return false;
    }

    private static byte[] read(FileChannel file, long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {
            // on to its end
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static void write(FileChannel file, long at, byte[] words) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(words);
        while (bytes.hasRemaining()) {
            file.write(bytes, at + bytes.position());
        }
    }
}
