package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.base.Clock;
import ekiden.base.SystemClock;
import ekiden.disk.FileDisk;
import ekiden.disk.MailFileLock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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

    /** The file and its lock as they are when the process is stopped in the middle of a copy of this mail. */
    private void stoppedInTheMiddleOf(String messageId, String text) throws IOException {
        byte[] whole = text.getBytes(StandardCharsets.US_ASCII);
        Path saved = Files.createDirectories(folder.resolve("saved"));
        MailContent watched = new MailContent() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(whole) {
                    @Override
                    public synchronized int read(byte[] into, int from, int most) {
                        int count = super.read(into, from, most);
                        if (count < 0) {
                            copy(folder.resolve("mail"), saved);
                        }
                        return count;
                    }
                };
            }

            @Override
            public long size() {
                return whole.length;
            }
        };
        copies().keep(mail(messageId, watched), AGE, NOW);
        copy(saved, folder.resolve("mail"));
    }

    private static void copy(Path from, Path to) {
        for (String name : List.of("sent", "sent.lock")) {
            try {
                Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException wrong) {
                throw new UncheckedIOException(wrong);
            }
        }
    }

    @Test
    void whatWasHalfWrittenWhenItsWriterWasStoppedIsTakenBack() throws IOException {
        copies().keep(mail("<1@x>", "Subject: 1\n\n1\n"), AGE, NOW);
        String whole = text();
        stoppedInTheMiddleOf("<half@x>", "Subject: half\r\n\r\nha");
        assertThat(text()).contains("Subject: half");
        copies().keep(mail("<2@x>", "Subject: 2\n\n2\n"), AGE, NOW);
        assertThat(text())
                .startsWith(whole + "From a@b ")
                .doesNotContain("half")
                .endsWith("Subject: 2\n\n2\n\n");
        assertThat(folder()).containsExactly("sent");
        copies().keep(mail("<half@x>", "Subject: half\n\nhalf\n"), AGE, NOW);
        assertThat(text()).endsWith("Subject: half\n\nhalf\n\n");
    }

    @Test
    void onlyTheBeginOfTheFirstLineIsTakenBackToo() throws IOException {
        copies().keep(mail("<1@x>", "Subject: 1\n\n1\n"), AGE, NOW);
        String whole = text();
        stoppedInTheMiddleOf("<half@x>", "Subject: half\r\n\r\nha");
        Files.writeString(file(), whole + "From a@");
        copies().keep(mail("<2@x>", "Subject: 2\n\n2\n"), AGE, NOW);
        assertThat(text()).startsWith(whole + "From a@b ").endsWith("Subject: 2\n\n2\n\n");
    }

    @Test
    void aMailThatAnotherProgramAddedBehindWhatIsHalfWrittenStays() throws IOException {
        String other = "From x@y Sun Nov  8 09:00:00 2026\nSubject: other\n\nother\n\n";
        for (String end : List.of("", "\r\n", "\r\n\r\n")) {
            Files.createDirectories(folder.resolve("mail"));
            Files.deleteIfExists(file());
            copies().keep(mail("<1@x>", "Subject: 1\n\n1\n"), AGE, NOW);
            stoppedInTheMiddleOf("<half@x>", "Subject: half\r\n\r\nha" + end);
            String half = text();
            Files.writeString(file(), other, StandardOpenOption.APPEND);
            copies().keep(mail("<half@x>", "Subject: half\n\nhalf\n"), AGE, NOW);
            String part = half.substring(half.lastIndexOf("From a@b"));
            assertThat(text())
                    .contains(part.replace("X-Ekiden-Copy", "X-Ekiden-Part") + other + "From a@b")
                    .endsWith("Subject: half\n\nhalf\n\n");
            // nor do the years take it
            copies().keep(mail("<3@x>", "Subject: 3\n\n3\n"), AGE, NOW.plus(Duration.ofDays(400)));
            assertThat(text()).contains(other).doesNotContain("half\n\nhalf");
        }
    }

    @Test
    void aLockThatSaysNothingOfWhatFollowsTakesNothingAway() throws IOException {
        Files.createDirectories(folder.resolve("mail"));
        String mails = "From x@y Sun Nov  8 09:00:00 2026\nSubject: other\n\nother\n\n";
        for (String note :
                List.of("ekiden 0\n", "ekiden\n", "ekiden\n0\n", "ekiden\n0\nFrom a@b", "ekiden\n5\nFrom x@y")) {
            Files.writeString(file(), mails);
            Files.writeString(folder.resolve("mail/sent.lock"), note);
            copies().keep(mail("<2@x>", "Subject: 2\n\n2\n"), AGE, NOW);
            assertThat(text()).as(note).startsWith(mails + "From a@b ");
            assertThat(folder()).containsExactly("sent");
        }
    }

    @Test
    @Timeout(20)
    void aLockThatIsAPipeIsAnothersAndNobodyWaitsForItsEnd() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("mail"));
        Path lock = folder.resolve("mail/sent.lock");
        assertThat(new ProcessBuilder("mkfifo", lock.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(() -> copies().keep(mail("<0@x>", "Subject: 0\n\n0\n"), AGE, NOW))
                .isInstanceOf(MailFileLock.Taken.class);
    }

    @Test
    void onlyALockOfTheSameUserIsBelieved() throws IOException {
        Files.createDirectories(folder.resolve("mail"));
        Path lock = Files.writeString(folder.resolve("mail/sent.lock"), "ekiden\n");
        Files.writeString(folder.resolve("mail/sent.lock.ekiden"), "of a crash");
        OutgoingMail mail = mail("<0@x>", "Subject: 0\n\n0\n");
        if (givenAway(lock)) {
            assertThatThrownBy(() -> copies().keep(mail, AGE, NOW)).isInstanceOf(MailFileLock.Taken.class);
            assertThat(folder()).containsExactlyInAnyOrder("sent", "sent.lock");
            Files.delete(lock);
            Files.writeString(lock, "ekiden\n");
        }
        copies().keep(mail, AGE, NOW);
        assertThat(folder()).containsExactly("sent");
    }

    /** Only an administrator can. */
    private static boolean givenAway(Path file) {
        try {
            Files.setOwner(
                    file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
            return true;
        } catch (IOException notPermitted) {
            return false;
        }
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
