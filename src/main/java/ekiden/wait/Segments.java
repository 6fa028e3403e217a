package ekiden.wait;

import ekiden.mail.mime.RawSource;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Memory for mails, one behind the other, used again when the last of them is let go. So ten thousand mails need the memory of a few batches. Safe from any thread; one segment is filled by one.
 */
final class Segments {
    /** Sizes are rounded up to this, so that a segment fits the next mail of about that size too. */
    private static final int GRAIN = 64 << 10;

    private final int bytes;
    private final BlockingQueue<byte[]> free;

    /**
     * @param bytes of a segment, unless a mail needs more
     * @param kept how many are kept for the next batches
     */
    Segments(int bytes, int kept) {
        this.bytes = bytes;
        this.free = new ArrayBlockingQueue<>(kept);
    }

    /** A segment with room for at least that many bytes. */
    Segment begin(int first) {
        byte[] used = free.poll();
        int rounded = (first + GRAIN - 1) / GRAIN * GRAIN;
        return new Segment(used != null && used.length >= first ? used : new byte[Math.max(bytes, rounded)]);
    }

    /** A segment that is being filled. */
    final class Segment {
        private final byte[] all;
        private int end;
        /** Mails in it, and one for whoever fills it. */
        private final AtomicInteger users = new AtomicInteger(1);

        Segment(byte[] all) {
            this.all = all;
        }

        boolean hasRoom(int length) {
            return all.length - end >= length;
        }

        /** Room for a mail. Given back by closing what {@link #mail} makes of it, or by {@link #drop}. */
        int take(int length) {
            users.incrementAndGet();
            int from = end;
            end += length;
            return from;
        }

        byte[] bytes() {
            return all;
        }

        RawSource mail(int from, int length) {
            return new Slice(this, from, length);
        }

        /** A mail that will not be made, or the end of filling. */
        void drop() {
            if (users.decrementAndGet() == 0 && !free.offer(all)) {
                end = all.length;
            }
        }
    }

    private static final class Slice implements RawSource {
        private final Segment segment;
        private final int from;
        private final int length;
        private boolean closed;

        Slice(Segment segment, int from, int length) {
            this.segment = segment;
            this.from = from;
            this.length = length;
        }

        @Override
        public long size() {
            return length;
        }

        @Override
        public int readAt(long offset, ByteBuffer into) {
            if (offset >= length) {
                return -1;
            }
            int count = Math.min(into.remaining(), length - (int) offset);
            into.put(segment.all, from + (int) offset, count);
            return count;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                segment.drop();
            }
        }
    }
}
