package ekiden.mail.receive.smtpd;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.spool.SpoolWriter;
import ekiden.model.mail.RawMail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one mail on their way from the wire to the spool. As soon as it is clear that the mail will not be taken,
 * what was written is removed, and the rest is read and dropped up to a limit. One thread.
 */
final class SmtpBody {
    private final String place;
    private final Envelope envelope;
    private final SmtpdSettings settings;
    private final Clock clock;
    private final long begun;
    private @Nullable SpoolWriter writer;
    private @Nullable Problem problem;
    private boolean tooLarge;
    private long size;
    private long swallowed;

    SmtpBody(String place, Envelope envelope, Result<SpoolWriter> entry, SmtpdSettings settings, Clock clock) {
        this.place = place;
        this.envelope = envelope;
        this.settings = settings;
        this.clock = clock;
        this.begun = clock.nanos();
        switch (entry) {
            case Result.Ok<SpoolWriter>(SpoolWriter ok) -> writer = ok;
            case Result.Failed<SpoolWriter>(Problem failed) -> problem = failed;
        }
    }

    String place() {
        return place;
    }

    Envelope envelope() {
        return envelope;
    }

    Optional<Problem> problem() {
        return Optional.ofNullable(problem);
    }

    Received dotted(SmtpWire wire) throws IOException {
        DotReader dots = new DotReader();
        while (!dots.ended()) {
            if (wire.from() == wire.to()) {
                wire.fill(until());
            }
            wire.readUpTo(dots.feed(wire.array(), wire.from(), wire.to(), this::take));
            if (swallowed > settings.limits().swallowBytes()) {
                return outcome(dots.ended());
            }
        }
        return outcome(true);
    }

    Received chunk(SmtpWire wire, long bytes) throws IOException {
        if (size + bytes > settings.maxSize() || size + bytes < 0) {
            refuse();
        }
        if (writer == null && bytes > settings.limits().swallowBytes()) {
            return outcome(false);
        }
        long left = bytes;
        while (left > 0) {
            if (wire.from() == wire.to()) {
                wire.fill(until());
            }
            int piece = (int) Math.min(left, wire.to() - wire.from());
            take(ByteBuffer.wrap(wire.array(), wire.from(), piece));
            wire.readUpTo(wire.from() + piece);
            left -= piece;
            if (swallowed > settings.limits().swallowBytes()) {
                return outcome(left == 0);
            }
        }
        return outcome(true);
    }

    /** The next piece has a time of its own, and the mail as a whole. */
    private long until() {
        long now = clock.nanos();
        long whole = begun + settings.limits().data().toNanos() - now;
        return now + Math.min(whole, settings.limits().dataBlock().toNanos());
    }

    private void take(ByteBuffer piece) {
        int length = piece.remaining();
        if (writer != null && size + length > settings.maxSize()) {
            refuse();
        }
        if (writer == null) {
            swallowed += length;
            return;
        }
        size += length;
        writer.write(piece);
        Optional<Problem> failure = writer.failure();
        if (failure.isPresent()) {
            problem = failure.get();
            abandon();
        }
    }

    private void refuse() {
        tooLarge = true;
        abandon();
    }

    private Received outcome(boolean toTheEnd) {
        if (problem != null) {
            return new Received.NotStored(problem, toTheEnd);
        }
        return tooLarge ? new Received.TooLarge(toTheEnd) : new Received.Whole();
    }

    /** Makes the mail durable. Only after it came in whole. */
    Result<RawMail> finish() {
        if (writer == null) {
            throw new IllegalStateException("nothing to finish");
        }
        SpoolWriter finishing = writer;
        writer = null;
        return finishing.finish();
    }

    /** Removes what was written. Does nothing after {@link #finish}. */
    void abandon() {
        if (writer != null) {
            writer.abandon();
            writer = null;
        }
    }
}
