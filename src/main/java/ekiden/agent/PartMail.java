package ekiden.agent;

import ekiden.base.Clock;
import ekiden.base.Result;
import ekiden.mail.receive.ReceiptLog;
import ekiden.mail.spool.SpoolWriter;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Receipt;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A mail on its way from its server into the spool, and where it is large, how it comes. Belongs to the reader's strand. */
final class PartMail {
    private final SpoolWriter writer;
    private final Clock clock;
    private final long announced;
    private final @Nullable ReceiptLog log;
    private boolean begun;

    /** @param large from how many bytes on it is noted how a mail comes */
    PartMail(SpoolWriter writer, Clock clock, long announced, long large) {
        this.writer = writer;
        this.clock = clock;
        this.announced = announced;
        this.log = announced >= large ? new ReceiptLog(clock.now(), clock.nanos(), announced) : null;
    }

    /** The server begins to hand it out, for the first time or where it was cut. */
    void begin() {
        if (begun && log != null) {
            log.resumed(writer.size(), clock.nanos());
        }
        begun = true;
    }

    void write(byte[] bytes, int from, int length) {
        writer.write(ByteBuffer.wrap(bytes, from, length));
        if (log != null) {
            log.arrived(writer.size(), clock.nanos());
        }
    }

    long size() {
        return writer.size();
    }

    /** {@return what people see of it while it comes, or null for one that is not large} */
    ReaderStatus.@Nullable Receiving shown() {
        return log == null ? null : new ReaderStatus.Receiving(writer.size(), announced);
    }

    boolean failed() {
        return writer.failure().isPresent();
    }

    Result<RawMail> finish() {
        return writer.finish();
    }

    /** {@return how it came, of a large one} */
    Optional<Receipt> receipt() {
        return Optional.ofNullable(log).map(noted -> noted.end(writer.size(), clock.nanos()));
    }

    void abandon() {
        writer.abandon();
    }
}
