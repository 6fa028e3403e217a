package ekiden.wait;

import ekiden.base.Problem;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.RawSource;
import ekiden.mail.receive.BodySink;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.mail.UidSet;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Gathers bodies into batches as they come from the server: small ones in memory, large ones in files. One thread. */
final class Bodies implements BodySink {
    private final Ground ground;
    private final Consumer<List<Arrival>> handIn;
    private final List<Long> whole = new ArrayList<>();
    private List<Arrival> batch = new ArrayList<>();
    private Segments.@Nullable Segment segment;
    private long bytes;
    private long inBatch;
    private @Nullable Problem problem;

    /**
     * @param group {@code folder/UIDVALIDITY}
     * @param received when the server had a mail
     * @param traces what a mail looked like; null where nobody looked
     * @param limits bounds of a batch
     * @param scratch where large mails lie
     * @param segments where small ones do
     * @param maxSize the largest mail that is taken
     * @param ended whether nothing more is handed in
     */
    record Ground(
            String group,
            LongFunction<Instant> received,
            LongFunction<@Nullable String> traces,
            WaitLimits limits,
            Scratch scratch,
            Segments segments,
            long maxSize,
            BooleanSupplier ended) {}

    Bodies(Ground ground, Consumer<List<Arrival>> handIn) {
        this.ground = ground;
        this.handIn = handIn;
    }

    @Override
    public Body begin(long uid, long size) {
        bytes += size;
        if (ground.ended.getAsBoolean() || problem != null) {
            return Dropped.BODY;
        }
        if (size > ground.maxSize) {
            return new TooLarge(uid, size);
        }
        if (size <= ground.limits.inMemoryBytes()) {
            return inMemory(uid, (int) size);
        }
        try {
            return new InFile(uid, ground.scratch.begin());
        } catch (IOException wrong) {
            return lost(wrong);
        }
    }

    private Body lost(IOException wrong) {
        problem = ground.scratch.problem(wrong);
        return Dropped.BODY;
    }

    private void add(long uid, RawSource raw, @Nullable Problem why) {
        whole.add(uid);
        batch.add(new Arrival(
                new WaitRecord.Mail(ground.group + "/" + uid, null, null, ground.traces.apply(uid)),
                Long.toString(uid),
                raw,
                ground.received.apply(uid),
                why));
        if (batch.size() >= ground.limits.batchMails()) {
            flush();
        }
    }

    /** Hands in what is gathered. */
    void flush() {
        if (!batch.isEmpty()) {
            handIn.accept(batch);
            batch = new ArrayList<>();
        }
        leaveSegment();
        inBatch = 0;
    }

    private void leaveSegment() {
        if (segment != null) {
            segment.drop();
            segment = null;
        }
    }

    /** The mails that came whole. */
    UidSet whole() {
        return UidSet.of(whole);
    }

    /** Bytes of all mails that began. */
    long bytes() {
        return bytes;
    }

    /** Why bodies were dropped, or null. */
    @Nullable
    Problem problem() {
        return problem;
    }

    private enum Dropped implements Body {
        BODY;

        @Override
        public void write(byte[] more, int from, int length) {
            // not wanted any more
        }

        @Override
        public void end() {
            // it will be found again
        }

        @Override
        public void cut() {
            // it will be found again
        }
    }

    /** Room in the present segment, or in another one. */
    private Body inMemory(long uid, int size) {
        if (inBatch > 0 && inBatch + size > ground.limits.batchBytes()) {
            flush();
        } else if (segment != null && !segment.hasRoom(size)) {
            leaveSegment();
        }
        inBatch += size;
        Segments.Segment here = segment != null ? segment : ground.segments.begin(size);
        segment = here;
        return new InMemory(uid, here, here.take(size), size);
    }

    /** Its line says so, and it stays where it is. */
    private final class TooLarge implements Body {
        private final long uid;
        private final long size;

        TooLarge(long uid, long size) {
            this.uid = uid;
            this.size = size;
        }

        @Override
        public void write(byte[] more, int from, int length) {
            // read past
        }

        @Override
        public void end() {
            Problem problem = Problem.of(ReceiveMessage.TOO_LARGE, "mail", uid, "size", size, "limit", ground.maxSize);
            add(uid, new BytesSource(new byte[0]), problem);
        }

        @Override
        public void cut() {
            // it will be found again
        }
    }

    private final class InMemory implements Body {
        private final long uid;
        private final Segments.Segment in;
        private final int from;
        private final int size;
        private int length;

        InMemory(long uid, Segments.Segment in, int from, int size) {
            this.uid = uid;
            this.in = in;
            this.from = from;
            this.size = size;
        }

        @Override
        public void write(byte[] more, int at, int count) {
            int fits = Math.min(count, size - length);
            System.arraycopy(more, at, in.bytes(), from + length, fits);
            length += fits;
        }

        @Override
        public void end() {
            add(uid, in.mail(from, length), null);
        }

        @Override
        public void cut() {
            in.drop();
        }
    }

    private final class InFile implements Body {
        private final long uid;
        private final Scratch.Writing file;
        private boolean failed;

        InFile(long uid, Scratch.Writing file) {
            this.uid = uid;
            this.file = file;
        }

        @Override
        public void write(byte[] more, int from, int count) {
            if (failed) {
                return;
            }
            try {
                file.write(more, from, count);
            } catch (IOException wrong) {
                failed = true;
                lost(wrong);
            }
        }

        @Override
        public void end() {
            if (failed) {
                file.drop();
                return;
            }
            try {
                add(uid, file.end(), null);
                flush();
            } catch (IOException wrong) {
                file.drop();
                lost(wrong);
            }
        }

        @Override
        public void cut() {
            file.drop();
        }
    }
}
