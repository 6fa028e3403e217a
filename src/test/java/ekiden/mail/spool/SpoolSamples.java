package ekiden.mail.spool;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.mail.mime.RawSource;
import ekiden.model.mail.RawMail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Headers, mails and a clock that stands still. */
final class SpoolSamples {
    static final Path FOLDER = Path.of("/home/spool");
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456Z");
    static final SpoolHeader HEADER = new SpoolHeader(
            "smtpd",
            "edi@customer.example",
            List.of(new SpoolRecipient("orders@localhost", "orders")),
            NOON,
            Map.of("helo", "注文.example"));
    static final Clock CLOCK = new Clock() {
        @Override
        public Instant now() {
            return NOON;
        }

        @Override
        public long nanos() {
            return 0;
        }
    };

    private SpoolSamples() {}

    static Spool start(Disk disk) {
        return ok(Spool.start(disk, FOLDER, new SpoolLimits(64, 2, 4096, 2, 3), CLOCK));
    }

    static RawMail put(Spool spool, String place, String text) {
        return ok(writer(spool, place, text).finish());
    }

    static SpoolWriter writer(Spool spool, String place, String text) {
        SpoolWriter writer = ok(spool.begin(place, HEADER));
        writer.write(bytes(text));
        return writer;
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(Spool spool, RawMail mail) throws IOException {
        try (RawSource source = ok(spool.open(mail))) {
            ByteBuffer all = ByteBuffer.allocate((int) source.size());
            while (all.hasRemaining()) {
                assertThat(source.readAt(all.position(), all)).isPositive();
            }
            assertThat(source.readAt(source.size(), ByteBuffer.allocate(1))).isEqualTo(-1);
            return StandardCharsets.UTF_8.decode(all.flip()).toString();
        }
    }

    static <T> T ok(Result<T> result) {
        return switch (result) {
            case Result.Ok<T>(T value) -> value;
            case Result.Failed<T>(Problem problem) -> throw new AssertionError(problem.toString());
        };
    }

    static Problem failed(Result<?> result) {
        return switch (result) {
            case Result.Ok<?> fine -> throw new AssertionError("should have failed: " + fine);
            case Result.Failed<?> failed -> failed.problem();
        };
    }
}
