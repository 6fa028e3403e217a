package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.disk.FileDisk;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.Trial;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolHeader;
import ekiden.mail.spool.SpoolLimits;
import ekiden.mail.spool.SpoolRecipient;
import ekiden.mail.spool.SpoolWriter;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.RawMail;
import ekiden.model.run.Run;
import ekiden.testing.ChildProcess;
import ekiden.testing.EkidenProcess;
import ekiden.testing.Eventually;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails over which the process ended more than once: by chance, or by their doing. */
class TrialProcessIT {
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final String DEFINITION = """
            version: 1
            jobnet: /test/orders
            start: {receive-mail: {profile: orders, from: [edi@customer.example]}}
            jobs:
              load:
                command: [./job.sh]
            """;

    @TempDir
    private Path folder;

    /** Dies of a mail with the word poison, and does not end at one with the word endless. */
    private static final String READER = """
            if grep -q poison "$1"; then kill -9 $$; fi
            if grep -q endless "$1"; then exec tail -f /dev/null; fi
            if grep -q unreadable "$1"; then exit 8; fi
            """;

    @Test
    void mailThatEndsItsReaderIsHarmful() throws IOException {
        assertThat(trial(READER, "poison")).isEqualTo(Trial.Verdict.HARMFUL);
        assertThat(trial(READER, "endless")).isEqualTo(Trial.Verdict.HARMFUL);
    }

    @Test
    void mailThatIsReadOrIsUnreadableIsHarmless() throws IOException {
        assertThat(trial(READER, "order")).isEqualTo(Trial.Verdict.HARMLESS);
        assertThat(trial(READER, "unreadable")).isEqualTo(Trial.Verdict.HARMLESS);
    }

    @Test
    void readerThatNeverWorksBlamesNoMail() throws IOException {
        assertThat(trial("exit 1", "poison")).isEqualTo(Trial.Verdict.NOT_HELD);
        assertThat(new TrialProcess(new FileDisk(), copies(), List.of("/nonexistent/java"), WITHIN)
                        .of("a", new BytesSource(mail("poison"))))
                .isEqualTo(Trial.Verdict.NOT_HELD);
    }

    @Test
    void copyThatAKilledTrialLeftIsRemoved() throws IOException {
        Files.createDirectories(copies());
        Files.writeString(copies().resolve("left.eml"), "left");
        assertThat(trial(READER, "order")).isEqualTo(Trial.Verdict.HARMLESS);
        assertThat(copies()).isEmptyDirectory();
    }

    private Trial.Verdict trial(String script, String word) {
        List<String> command = List.of("/bin/sh", "-c", script, "reader");
        return new TrialProcess(new FileDisk(), copies(), command, Duration.ofSeconds(2))
                .of("a" + word, new BytesSource(mail(word)));
    }

    private static byte[] mail(String word) {
        return "From: edi@customer.example\r\nSubject: %s\r\n\r\n%s\r\n"
                .formatted(word, word)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private Path copies() {
        return folder.resolve("trials");
    }

    private static void put(Spool spool, String place, String word) {
        SpoolHeader header = new SpoolHeader(
                "smtpd",
                "edi@customer.example",
                List.of(new SpoolRecipient("orders@localhost", "orders")),
                Instant.EPOCH,
                Map.of());
        SpoolWriter writer = ok(spool.begin(place, header));
        writer.write(ByteBuffer.wrap(mail(word)));
        ok(writer.finish());
    }

    private static <T> T ok(Result<T> result) {
        if (result instanceof Result.Ok<T>(T value)) {
            return value;
        }
        throw new AssertionError(result.toString());
    }

    @Test
    void mailThatKillsFromOutsideMetTwiceIsTakenAndOneThatEndedTheProcessOftenIsNot() throws IOException {
        KillGround ground = new KillGround(folder, DEFINITION, "#!/bin/sh\n");
        Path spool = ground.home.resolve("spool");
        Spool before = ok(Spool.start(new FileDisk(), spool, SpoolLimits.DEFAULT, new SystemClock()));
        put(before, "innocent", "order 1");
        put(before, "guilty", "order 2");
        Files.move(spool.resolve("innocent.opening1"), spool.resolve("innocent.opening2"));
        Files.move(spool.resolve("guilty.opening1"), spool.resolve("guilty.opening6"));
        try (ChildProcess up = EkidenProcess.of("up").home(ground.home).start()) {
            up.awaitLine("ready", WITHIN);
            Eventually.within(WITHIN, () -> Files.exists(spool.resolve("innocent.kept")));
            Eventually.within(WITHIN, () -> Files.exists(ground.home.resolve("files")));
            up.kill();
        }
        List<CatalogueMail> quarantined =
                ground.look(store -> store.read(tx -> tx.mails().list(null, CatalogueMail.State.QUARANTINED, 10)));
        assertThat(quarantined)
                .singleElement()
                .satisfies(mail ->
                        assertThat(mail.raw()).extracting(RawMail::place).isEqualTo("guilty"));
        List<Run> runs = ground.look(store -> store.read(tx -> tx.runs().list(KillGround.UNIT, 10)));
        assertThat(runs).hasSize(1);
    }
}
