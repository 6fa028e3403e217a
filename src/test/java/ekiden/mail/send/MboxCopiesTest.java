package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.base.Clock;
import ekiden.base.SystemClock;
import ekiden.disk.FileDisk;
import ekiden.disk.MailFileLock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MboxCopiesTest {
    private static final Instant NOW = Instant.parse("2026-11-08T10:00:00Z");
    private static final Duration AGE = Duration.ofDays(30);
    private static final SentCopyLimits LIMITS =
            new SentCopyLimits(Duration.ofMillis(50), Duration.ofMillis(5), Duration.ofMinutes(1), 10_000);

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("mail/sent");
    }

    private MboxCopies copies() {
        return new MboxCopies(new FileDisk(), file(), LIMITS, new SystemClock());
    }

    private static OutgoingMail mail(String messageId, String text) {
        return mail(
                messageId, MailSenderContract.content(text.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII)));
    }

    private static OutgoingMail mail(String messageId, MailContent content) {
        return new OutgoingMail("a@b", List.of("c@d"), messageId, OutgoingMail.Form.SEVEN_BIT, content);
    }

    private String text() throws IOException {
        return Files.readString(file());
    }

    private List<String> folder() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("mail"))) {
            return files.map(one -> one.getFileName().toString()).toList();
        }
    }

    @Test
    void aCopyHasItsFirstLineItsMarksAndTheLineEndsOfFiles() throws IOException {
        copies().keep(mail("<1@x>", "Subject: s\n\nText.\n"), AGE, NOW);
        assertThat(text().lines().toList().get(1)).matches("X-Ekiden-Copy: \\d+ [0-9a-f]{32}");
        assertThat(text())
                .startsWith("From a@b Sun Nov  8 10:00:00 2026\nX-Ekiden-Copy: ")
                .endsWith("\nStatus: RO\nSubject: s\n\nText.\n\n");
        assertThat(folder()).containsExactly("sent");
    }

    @Test
    void whatCouldBeTakenForTheBeginningOfAMailIsQuotedAndNothingElse() throws IOException {
        copies().keep(
                        mail("<1@x>", "Subject: s\n\nFrom here\n>From there\n>>Fro\n From\nFrom\n>\nx From \nFr"),
                        AGE,
                        NOW);
        assertThat(text()).endsWith("\n\n>From here\n>>From there\n>>Fro\n From\nFrom\n>\nx From \nFr\n\n");
    }

    @Test
    void quotingIsTheSameHoweverTheBytesAreCut() {
        byte[] bytes = "From a\n>From b\n>>x\nFro\nFrom".getBytes(StandardCharsets.US_ASCII);
        MboxQuoting quoting = new MboxQuoting();
        StringBuilder quoted = new StringBuilder();
        for (byte one : bytes) {
            quoted.append(StandardCharsets.US_ASCII.decode(quoting.of(ByteBuffer.wrap(new byte[] {one}))));
        }
        quoted.append(StandardCharsets.US_ASCII.decode(quoting.end()));
        assertThat(quoted).hasToString(">From a\n>>From b\n>>x\nFro\nFrom\n");
    }

    @Test
    void aMailThatWasSentAgainHasOneCopyAlsoBehindARestart() throws IOException {
        MboxCopies copies = copies();
        copies.keep(mail("<1@x>", "Subject: 1\n\n1\n"), AGE, NOW);
        copies.keep(mail("<1@x>", "Subject: 1\n\n1\n"), AGE, NOW.plusSeconds(1));
        copies().keep(mail("<1@x>", "Subject: 1\n\n1\n"), AGE, NOW.plusSeconds(2));
        assertThat(text().split("X-Ekiden-Copy", -1)).hasSize(2);
        copies().keep(mail("<2@x>", "Subject: 2\n\n2\n"), AGE, NOW);
        assertThat(text().split("X-Ekiden-Copy", -1)).hasSize(3);
    }

    @Test
    void mailsOfOthersStayAndAreSeparatedEvenWhereTheirEndIsMissing() throws IOException {
        Files.createDirectories(folder.resolve("mail"));
        String other = "From x@y Sun Nov  8 09:00:00 2026\nX-Ekiden: no\nX-Ekiden-Copy: 1 "
                + "00000000000000000000000000000000\n\nno end";
        Files.writeString(file(), other);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r-----"));
        MboxCopies copies = copies();
        copies.keep(mail("<1@x>", "Subject: 1\n\n1\n"), AGE, NOW);
        assertThat(text()).startsWith(other + "\n\nFrom a@b ");
        Files.writeString(file(), text() + "From x@y Sun Nov  8 11:00:00 2026\nSubject: another\n\nlast\n");
        copies.keep(mail("<2@x>", "Subject: 2\n\n2\n"), AGE, NOW.plus(AGE).plusSeconds(10));
        assertThat(text())
                .startsWith(other + "\n\nFrom x@y Sun Nov  8 11:00:00 2026\nSubject: another\n\nlast\n\nFrom a@b ")
                .doesNotContain("Subject: 1")
                .endsWith("Subject: 2\n\n2\n\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-r-----");
        assertThat(folder()).containsExactly("sent");
    }

    @Test
    void aLockOfAnotherProgramIsWaitedForAndNotBroken() throws IOException {
        Files.createDirectories(folder.resolve("mail"));
        Files.writeString(folder.resolve("mail/sent.lock"), "4711");
        assertThatThrownBy(() -> copies().keep(mail("<1@x>", "Subject: 1\n\n1\n"), AGE, NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another program has locked it");
        assertThat(Files.size(file())).isZero();
        assertThat(folder()).containsExactlyInAnyOrder("sent", "sent.lock");
        Files.delete(folder.resolve("mail/sent.lock"));
        copies().keep(mail("<1@x>", "Subject: 1\n\n1\n"), AGE, NOW);
        assertThat(text()).contains("Subject: 1");
    }

    /** Goes on by a millisecond with each look. */
    private static final class Ticking implements Clock {
        private long millis;

        @Override
        public Instant now() {
            return NOW;
        }

        @Override
        public long nanos() {
            millis++;
            return Duration.ofMillis(millis).toNanos();
        }
    }

    @Test
    @Timeout(60)
    void aLockThatIsLeftBehindIsWaitedForOnceAndTriedThenUntilTheRestIsOver() throws IOException {
        Files.createDirectories(folder.resolve("mail"));
        Path lock = Files.writeString(folder.resolve("mail/sent.lock"), "4711");
        Ticking clock = new Ticking();
        SentCopyLimits limits =
                new SentCopyLimits(Duration.ofMillis(20), Duration.ofNanos(1), Duration.ofMillis(200), 10_000);
        MboxCopies copies = new MboxCopies(new FileDisk(), file(), limits, clock);
        assertThat(ticksOfAFailure(copies, clock)).isGreaterThanOrEqualTo(20);
        assertThat(ticksOfAFailure(copies, clock)).isLessThan(10);
        assertThat(ticksOfAFailure(copies, clock)).isLessThan(10);
        clock.millis += 200;
        assertThat(ticksOfAFailure(copies, clock)).isGreaterThanOrEqualTo(20);
        Files.delete(lock);
        copies.keep(mail("<1@x>", "Subject: 1\n\n1\n"), AGE, NOW);
        Files.writeString(lock, "4711");
        assertThat(ticksOfAFailure(copies, clock)).isGreaterThanOrEqualTo(20);
    }

    private static long ticksOfAFailure(MboxCopies copies, Ticking clock) {
        long before = clock.millis;
        assertThatThrownBy(() -> copies.keep(mail("<0@x>", "Subject: 0\n\n0\n"), AGE, NOW))
                .isInstanceOf(MailFileLock.Taken.class);
        return clock.millis - before;
    }

    @Test
    void whatWasHalfWrittenWhenItsWriterWasStoppedIsTakenBack() throws IOException {
        copies().keep(mail("<1@x>", "Subject: 1\n\n1\n"), AGE, NOW);
        String whole = text();
        Files.writeString(folder.resolve("mail/sent.lock"), "ekiden " + whole.length() + "\n");
        Files.writeString(file(), whole + "From a@b Sun Nov  8 10:00:00 2026\nX-Ekiden-Copy: 1 0000");
        copies().keep(mail("<2@x>", "Subject: 2\n\n2\n"), AGE, NOW);
        assertThat(text())
                .startsWith(whole + "From a@b ")
                .doesNotContain("0000\n")
                .endsWith("Subject: 2\n\n2\n\n");
        assertThat(folder()).containsExactly("sent");
    }

    @Test
    void aMailThatCannotBeReadToItsEndLeavesNothing() throws IOException {
        copies().keep(mail("<1@x>", "Subject: 1\n\n1\n"), AGE, NOW);
        String before = text();
        MailContent torn = new MailContent() {
            @Override
            public InputStream open() {
                return new InputStream() {
                    private int read;

                    @Override
                    public int read() throws IOException {
                        read++;
                        if (read > 1000) {
                            throw new IOException("torn");
                        }
                        return 'x';
                    }
                };
            }

            @Override
            public long size() {
                return 2000;
            }
        };
        assertThatThrownBy(() -> copies().keep(mail("<2@x>", torn), AGE, NOW)).isInstanceOf(IOException.class);
        assertThat(text()).isEqualTo(before);
        assertThat(folder()).containsExactly("sent");
    }

    @Test
    void aFileThatWouldBecomeTooLongTakesNoMore() throws IOException {
        MboxCopies copies = copies();
        copies.keep(mail("<1@x>", "x".repeat(9000)), AGE, NOW);
        assertThatThrownBy(() -> copies.keep(mail("<2@x>", "x".repeat(1000)), AGE, NOW))
                .hasMessageContaining("larger than 10000 bytes");
    }
}
