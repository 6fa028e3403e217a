package ekiden.mail.scan;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.base.MessageId;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.mail.save.PartCheck;
import ekiden.model.definition.PartChecks.Scan;
import ekiden.model.definition.PartChecks.Scan.OnFailure;
import ekiden.model.definition.PartChecks.Scan.OnInfected;
import ekiden.testing.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scanner says decides, and what it could not look at never passes unseen unless asked for. */
class ClamdCheckTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final SystemClock CLOCK = new SystemClock();
    private static final PartCheck.Facts FACTS = new PartCheck.Facts("a", "a", "text/plain", 1, "00");

    @TempDir
    private Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("part"), bytes);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] large() {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static Result<PartCheck.Verdict> check(String address, Path file, OnInfected infected, OnFailure failure) {
        return check(new Scan(address, LONG, infected, failure), file);
    }

    private static Result<PartCheck.Verdict> check(Scan scan, Path file) {
        return new ClamdCheck(scan, CLOCK, new Scanners(CLOCK, new Heard()), false).check(file, FACTS);
    }

    private static String id(Result<PartCheck.Verdict> result) {
        return switch (result) {
            case Result.Failed<PartCheck.Verdict> failed -> failed.problem().id();
            case Result.Ok<PartCheck.Verdict>(PartCheck.Fine fine) -> "fine";
            case Result.Ok<PartCheck.Verdict>(PartCheck.AsItCame came) ->
                "saved " + came.problem().id();
            case Result.Ok<PartCheck.Verdict>(PartCheck.NotSaved not) ->
                "not " + not.problem().id();
        };
    }

    /** What is told of scanners. */
    private static final class Heard implements Scanners.Told {
        private final List<String> words = new ArrayList<>();

        @Override
        public void away(String scanner, String reason) {
            words.add("away");
        }

        @Override
        public void back(String scanner) {
            words.add("back");
        }
    }

    /** A clock that stands until it is set. */
    private static final class Standing implements Clock {
        private long nanos;

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            return nanos;
        }
    }

    @Test
    void scannerThatIsAwayIsNotWaitedForAgainUntilItsPauseIsOver() throws IOException {
        Heard heard = new Heard();
        Standing standing = new Standing();
        Scanners scanners = new Scanners(standing, heard);
        try (FakeClamd clamd = FakeClamd.tcp(FakeClamd.Script.IS_DEAF)) {
            Scan scan = new Scan(clamd.address(), Duration.ofMillis(200), OnInfected.SKIP, OnFailure.PASS);
            ClamdCheck check = new ClamdCheck(scan, CLOCK, scanners, false);
            for (int i = 0; i < 5; i++) {
                assertThat(id(check.check(file(text("x")), FACTS))).isEqualTo("saved EKDM0294-W");
            }
            assertThat(clamd.connections)
                    .as("the file, and whether it is there")
                    .hasValue(2);
            assertThat(heard.words).containsExactly("away");
            standing.nanos += Scanners.PAUSE.toNanos();
            assertThat(id(check.check(file(text("x")), FACTS))).isEqualTo("saved EKDM0294-W");
            assertThat(id(check.check(file(text("x")), FACTS))).isEqualTo("saved EKDM0294-W");
            assertThat(clamd.connections).hasValue(4);
            clamd.script(FakeClamd.Script.READS_ALL);
            standing.nanos += Scanners.PAUSE.toNanos();
            assertThat(id(check.check(file(text("EVIL")), FACTS))).isEqualTo("not EKDM0291-W");
            assertThat(id(check.check(file(text("x")), FACTS))).isEqualTo("fine");
            assertThat(heard.words).containsExactly("away", "back");
        }
    }

    @Test
    void attachmentThatTakesTheScannerTooLongDoesNotLetOthersPass() throws IOException {
        Heard heard = new Heard();
        Scanners scanners = new Scanners(new Standing(), heard);
        try (FakeClamd clamd = FakeClamd.tcp(FakeClamd.Script.IS_SILENT)) {
            Scan scan = new Scan(clamd.address(), Duration.ofMillis(500), OnInfected.SKIP, OnFailure.PASS);
            ClamdCheck check = new ClamdCheck(scan, CLOCK, scanners, false);
            assertThat(id(check.check(file(text("slow")), FACTS))).isEqualTo("saved EKDM0294-W");
            clamd.script(FakeClamd.Script.READS_ALL);
            assertThat(id(check.check(file(text("EVIL")), FACTS))).isEqualTo("not EKDM0291-W");
            assertThat(heard.words).containsExactly("back");
        }
    }

    @Test
    void mailThatWouldWaitIsToldBeforeAnythingIsDoneWithIt() throws IOException {
        Standing standing = new Standing();
        Scanners scanners = new Scanners(standing, new Heard());
        try (FakeClamd clamd = FakeClamd.tcp(FakeClamd.Script.IS_DEAF)) {
            Scan scan = new Scan(clamd.address(), Duration.ofMillis(200), OnInfected.SKIP, OnFailure.WAIT);
            ClamdCheck first = new ClamdCheck(scan, CLOCK, scanners, true);
            assertThat(first.away()).isNotNull();
            assertThat(first.away()).isNotNull();
            assertThat(clamd.connections).hasValue(1);
            clamd.script(FakeClamd.Script.READS_ALL);
            assertThat(first.away()).as("in the pause").isNotNull();
            standing.nanos += Scanners.PAUSE.toNanos();
            assertThat(first.away()).isNull();
            Scan passing = new Scan(clamd.address(), LONG, OnInfected.SKIP, OnFailure.PASS);
            assertThat(new ClamdCheck(passing, CLOCK, scanners, true).away()).isNull();
        }
    }

    @Test
    void everyByteReachesTheScannerInPieces() throws IOException {
        try (FakeClamd clamd = FakeClamd.tcp(FakeClamd.Script.READS_ALL)) {
            byte[] bytes = large();
            assertThat(id(check(clamd.address(), file(bytes), OnInfected.SKIP, OnFailure.WAIT)))
                    .isEqualTo("fine");
            assertThat(clamd.scanned).hasSize(1);
            assertThat(clamd.scanned.getFirst()).isEqualTo(bytes);
            assertThat(id(check(clamd.address(), file(new byte[0]), OnInfected.SKIP, OnFailure.WAIT)))
                    .isEqualTo("fine");
        }
    }

    @Test
    void scannerBehindAUnixSocketIsAskedTheSameWay() throws IOException {
        try (FakeClamd clamd = FakeClamd.unix(folder.resolve("ctl"), FakeClamd.Script.READS_ALL)) {
            assertThat(id(check(clamd.address(), file(large()), OnInfected.SKIP, OnFailure.WAIT)))
                    .isEqualTo("fine");
            assertThat(id(check(clamd.address(), file(text("EVIL")), OnInfected.SKIP, OnFailure.WAIT)))
                    .isEqualTo("not EKDM0291-W");
        }
    }

    @Test
    void infectedAttachmentIsNotSavedOrTheWholeMailIsNot() throws IOException {
        try (FakeClamd clamd = FakeClamd.tcp(FakeClamd.Script.READS_ALL)) {
            Path evil = file(text("an EVIL thing"));
            Result<PartCheck.Verdict> skipped = check(clamd.address(), evil, OnInfected.SKIP, OnFailure.PASS);
            assertThat(id(skipped)).isEqualTo("not EKDM0291-W");
            assertThat(((PartCheck.NotSaved) ((Result.Ok<PartCheck.Verdict>) skipped).value())
                            .problem()
                            .values())
                    .containsEntry("found", "Test.Evil");
            Result<PartCheck.Verdict> failed = check(clamd.address(), evil, OnInfected.FAIL, OnFailure.PASS);
            assertThat(id(failed)).isEqualTo("EKDM0292-E");
            assertThat(((Result.Failed<PartCheck.Verdict>) failed).problem().kind())
                    .isEqualTo(MessageId.Kind.PERMANENT);
        }
    }

    @Test
    void attachmentThatIsTooLargeForTheScannerIsNotSaved() throws IOException {
        try (FakeClamd clamd = FakeClamd.tcp(FakeClamd.Script.HAS_A_LIMIT)) {
            Path file = file(large());
            String waits = id(check(clamd.address(), file, OnInfected.SKIP, OnFailure.WAIT));
            // its answer may be lost where it closes while it is being written to: then the mail waits
            assertThat(waits).isIn("not EKDM0295-W", "EKDM0293-E");
            assertThat(id(check(clamd.address(), file(text("x")), OnInfected.SKIP, OnFailure.WAIT)))
                    .isEqualTo("not EKDM0295-W");
            assertThat(id(check(clamd.address(), file(text("x")), OnInfected.SKIP, OnFailure.PASS)))
                    .isEqualTo("saved EKDM0294-W");
        }
    }

    @Test
    void scannerThatIsAwayLetsTheMailWait() throws IOException {
        String nobody = "127.0.0.1:" + Ports.free();
        Path file = file(text("x"));
        Result<PartCheck.Verdict> away = check(nobody, file, OnInfected.SKIP, OnFailure.WAIT);
        assertThat(id(away)).isEqualTo("EKDM0293-E");
        assertThat(((Result.Failed<PartCheck.Verdict>) away).problem().kind()).isEqualTo(MessageId.Kind.RETRYABLE);
        assertThat(id(check(nobody, file, OnInfected.SKIP, OnFailure.PASS))).isEqualTo("saved EKDM0294-W");
        assertThat(id(check(folder + "/none", file, OnInfected.SKIP, OnFailure.WAIT)))
                .isEqualTo("EKDM0293-E");
        assertThat(id(check("127.0.0.1:99999", file, OnInfected.SKIP, OnFailure.WAIT)))
                .isEqualTo("EKDM0293-E");
        try (FakeClamd clamd = FakeClamd.tcp(FakeClamd.Script.HANGS_UP)) {
            assertThat(id(check(clamd.address(), file, OnInfected.SKIP, OnFailure.WAIT)))
                    .isEqualTo("EKDM0293-E");
        }
    }

    @Test
    void scannerThatDoesNotAnswerInTimeCountsAsAway() throws IOException {
        try (FakeClamd clamd = FakeClamd.tcp(FakeClamd.Script.IS_SILENT)) {
            Scan scan = new Scan(clamd.address(), Duration.ofMillis(200), OnInfected.SKIP, OnFailure.WAIT);
            Result<PartCheck.Verdict> late = check(scan, file(text("x")));
            assertThat(id(late)).isEqualTo("EKDM0293-E");
            assertThat(((Result.Failed<PartCheck.Verdict>) late).problem().values())
                    .containsEntry("reason", "no answer in time");
        }
    }
}
