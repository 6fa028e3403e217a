package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.agent.Senders;
import ekiden.base.ExitCode;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.cli.SendRequest;
import ekiden.config.HomePaths;
import ekiden.disk.FileDisk;
import ekiden.json.Json;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import ekiden.model.mail.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A batch whose mails break off, or need much memory. */
@Timeout(60)
class SendBatchLaneTest {
    private static final int LANES = 3;

    @TempDir
    private Path folder = Path.of("/");

    private Call call = new Call(Path.of("/"));

    @BeforeEach
    void begin() {
        call = new Call(folder);
    }

    /** What becomes of a mail. */
    private interface Sending {
        SendOutcome submit(OutgoingMail mail, SendProgress progress);
    }

    private static MailSender sender(Sending sending) {
        return new MailSender() {
            @Override
            public SendOutcome submit(OutgoingMail mail, SendProgress progress) {
                return sending.submit(mail, progress);
            }

            @Override
            public int atOnce() {
                return LANES;
            }
        };
    }

    private static SendOutcome taken(OutgoingMail mail) {
        return new SendOutcome.Accepted("250 well", mail.recipients());
    }

    private static SendOutcome well(OutgoingMail mail, SendProgress progress) {
        assertThat(progress.endingData()).isTrue();
        return taken(mail);
    }

    private static boolean to(OutgoingMail mail, String who) {
        return mail.recipients().getFirst().startsWith(who + "@");
    }

    private static String line(String id) {
        return "{\"id\":\"" + id + "\",\"to\":[\"" + id + "@example.jp\"],\"subject\":\"s\",\"text\":\"t\"}";
    }

    private void write(String... lines) throws IOException {
        Files.write(folder.resolve("b.jsonl"), List.of(lines));
    }

    private void write(int mails) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < mails; i++) {
            lines.add(line("m" + i));
        }
        Files.write(folder.resolve("b.jsonl"), lines);
    }

    private ExitCode run(Sending sending) {
        return run(sending, BatchLimits.DEFAULT);
    }

    private ExitCode run(Sending sending, BatchLimits limits) {
        try (ThreadTasks tasks = new ThreadTasks()) {
            SendBatch.Means means = new SendBatch.Means(
                    new Senders.Profile(new Address(null, "a@example.jp"), sender(sending)),
                    Objects.requireNonNull(folder),
                    new FileDisk(),
                    new SystemClock(),
                    ZoneOffset.UTC,
                    Addresses.of(new HomePaths(folder), call.terminal()).recipients(),
                    tasks,
                    AskedToEnd.never());
            return new SendBatch(means, new Told(call.terminal(), Locale.ENGLISH), limits)
                    .run(new SendRequest.Batch(folder.resolve("b.jsonl"), 0, false), call.terminal(), true);
        }
    }

    private List<String> outcomes() throws IOException {
        return Files.readAllLines(folder.resolve("b.jsonl.results.jsonl")).stream()
                .map(Json::readMap)
                .map(result -> result.get("id") + " " + result.get("outcome"))
                .toList();
    }

    @Test
    void aMailForWhichMemoryIsNotEnoughFailsAndTheOthersGoOut() throws IOException {
        write(line("a"), line("b"), line("c"));
        Sending sending = (mail, progress) -> {
            if (to(mail, "a")) {
                throw new OutOfMemoryError("scripted");
            }
            return well(mail, progress);
        };
        assertThat(run(sending)).isEqualTo(ExitCode.BAD_MAIL);
        assertThat(outcomes()).containsExactlyInAnyOrder("a failed", "b accepted", "c accepted");
        assertThat(call.err()).contains("EKDM0681-E").doesNotContain("scripted", "\tat ");

        assertThat(run(SendBatchLaneTest::well)).isEqualTo(ExitCode.DONE);
        assertThat(outcomes()).containsExactlyInAnyOrder("a accepted", "b accepted", "c accepted");
    }

    @Test
    void aMailThatBreaksOffBehindItsEndIsUncertainAndNotSentAgain() throws IOException {
        write(line("a"), line("b"));
        Sending sending = (mail, progress) -> {
            SendOutcome outcome = well(mail, progress);
            if (to(mail, "a")) {
                throw new IllegalStateException("scripted");
            }
            return outcome;
        };
        assertThat(run(sending)).isEqualTo(ExitCode.UNCERTAIN);
        assertThat(outcomes()).containsExactlyInAnyOrder("a uncertain", "b accepted");
        assertThat(call.err()).contains("EKDM0683-E", "IllegalStateException").doesNotContain("\tat ");

        assertThat(run((mail, progress) -> {
                    throw new AssertionError("sent again");
                }))
                .isEqualTo(ExitCode.UNCERTAIN);
    }

    @Test
    void faultsInEachMailHangNothingAndLeaveNoMailWithoutAResult() throws IOException {
        write(100);
        AtomicInteger tried = new AtomicInteger();
        Sending sending = (mail, progress) -> {
            if (tried.incrementAndGet() > 1) {
                throw new StackOverflowError("scripted");
            }
            return well(mail, progress);
        };
        assertThat(run(sending)).isEqualTo(ExitCode.INTERNAL);
        assertThat(outcomes()).hasSize(100).contains("m0 accepted", "m99 failed");
        assertThat(outcomes().stream().filter(one -> one.endsWith(" accepted"))).hasSize(1);
    }

    @Test
    void whatWasAcceptedStaysSoThoughItsCopyBreaksOff() throws IOException {
        write(line("a"), line("b"));
        Sending sending = (mail, progress) -> {
            SendOutcome outcome = well(mail, progress);
            progress.answered(outcome);
            assertThat(folder.resolve("b.jsonl.results.jsonl")).content().contains("\"outcome\":\"accepted\"");
            if (to(mail, "a")) {
                throw new IllegalStateException("scripted");
            }
            return outcome;
        };
        assertThat(run(sending)).isEqualTo(ExitCode.INTERNAL);
        assertThat(outcomes()).containsExactlyInAnyOrder("a accepted", "b accepted");
        assertThat(call.err()).contains("EKDM0682-E");
    }

    /** How many mails at most were with the sender at the same time. */
    private int together(long bytesInHand, Predicate<Integer> enough) {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        BatchLimits usual = BatchLimits.DEFAULT;
        BatchLimits limits = new BatchLimits(
                usual.mails(),
                usual.lineBytes(),
                usual.unreachable(),
                usual.lineAhead(),
                bytesInHand,
                usual.told(),
                usual.finish(),
                usual.count());
        Sending sending = (mail, progress) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            long until = new SystemClock().nanos() + Duration.ofMillis(300).toNanos();
            while (!enough.test(most.get()) && new SystemClock().nanos() < until) {
                Thread.onSpinWait();
            }
            now.decrementAndGet();
            return well(mail, progress);
        };
        assertThat(run(sending, limits)).isEqualTo(ExitCode.DONE);
        return most.get();
    }

    @Test
    void textsThatAreOneByteTooManyTogetherGoOutOneAfterTheOther() throws IOException {
        String text = "x".repeat(1_000);
        Files.writeString(folder.resolve("t.txt"), text);
        String mail = "\"to\":[\"b@example.jp\"],\"subject\":\"s\",\"textFile\":\"t.txt\"}";
        // short, so that the lines themselves are never more than is read ahead
        write("{\"id\":1," + mail, "{\"id\":2," + mail, "{\"id\":3," + mail, "{\"id\":4," + mail);
        int bytes = ("{\"id\":1," + mail).length() + text.length();

        assertThat(together(2L * bytes - 1, most -> most > 1)).isEqualTo(1);
        Files.delete(folder.resolve("b.jsonl.results.jsonl"));
        assertThat(together(2L * bytes, most -> most > 1)).isEqualTo(2);
    }

    @Test
    void aLineThatIsLongerThanWhatIsReadAheadWaitsUntilNothingIsInHand() throws IOException {
        List<Integer> longer = new ArrayList<>();
        Files.writeString(folder.resolve("l"), "12345678\n123456789\n1\n");
        try (BatchLines lines = new BatchLines(Files.newInputStream(folder.resolve("l")), 100)) {
            lines.whenLonger(8, () -> longer.add(1));
            assertThat(lines.next()).extracting(BatchLines.Line::bytes).isEqualTo(8);
            assertThat(longer).isEmpty();
            assertThat(lines.next()).extracting(BatchLines.Line::bytes).isEqualTo(9);
            assertThat(longer).hasSize(1);
            assertThat(lines.next()).extracting(BatchLines.Line::text).isEqualTo("1");
            assertThat(longer).hasSize(1);
        }
    }

    @Test
    void nobodyWaitsForLanesThatHaveEnded() {
        BatchQueue queue = new BatchQueue(1, 10);
        BatchEntry entry =
                BatchEntry.read(new BatchLines.Line(1, line("a"), null, true, 10), Objects.requireNonNull(folder));
        assertThat(queue.put(entry)).isTrue();
        queue.laneEnded();
        queue.alone();
        assertThat(queue.put(entry)).isFalse();
    }
}
