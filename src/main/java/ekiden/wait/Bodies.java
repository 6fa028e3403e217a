package ekiden.wait;

import ekiden.base.Problem;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.RawSource;
import ekiden.mail.receive.BodySink;
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
    private long batchBytes;
    private long bytes;
    private @Nullable Problem problem;

    /**
     * @param group {@code folder/UIDVALIDITY}
     * @param received when the server had a mail
     * @param limits bounds of a batch
     * @param scratch where large mails lie
     * @param ended whether nothing more is handed in
     */
    record Ground(
            String group,
            LongFunction<Instant> received,
            WaitLimits limits,
            Scratch scratch,
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
        if (size <= ground.limits.inMemoryBytes()) {
            return new InMemory(uid, new byte[(int) size]);
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

    private void add(long uid, RawSource raw, long held) {
        whole.add(uid);
        batch.add(new Arrival(
                new WaitRecord.Mail(ground.group + "/" + uid, null, null),
                Long.toString(uid),
                raw,
                ground.received.apply(uid),
                null));
        batchBytes += held;
        if (batch.size() >= ground.limits.batchMails() || batchBytes >= ground.limits.batchBytes()) {
            flush();
        }
    }

    /** Hands in what is gathered. */
    void flush() {
        if (!batch.isEmpty()) {
            handIn.accept(batch);
            batch = new ArrayList<>();
            batchBytes = 0;
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

    private final class InMemory implements Body {
        private final long uid;
        private final byte[] all;
        private int length;

        InMemory(long uid, byte[] all) {
            this.uid = uid;
            this.all = all;
        }

        @Override
        public void write(byte[] more, int from, int count) {
            System.arraycopy(more, from, all, length, count);
            length += count;
        }

        @Override
        public void end() {
            add(uid, new BytesSource(all), length);
        }

        @Override
        public void cut() {
            // it will be found again
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
                // its bytes are on the disk: of memory it takes next to nothing, but few of them make a batch
                add(uid, file.end(), ground.limits.batchBytes());
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
