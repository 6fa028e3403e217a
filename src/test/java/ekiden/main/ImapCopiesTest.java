package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Result;
import ekiden.base.ThreadTasks;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.imap.FilingCabinet;
import ekiden.mail.send.MailContent;
import ekiden.mail.send.OutgoingMail;
import ekiden.main.ImapCopies.Kept;
import ekiden.testing.Eventually;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ImapCopiesTest {
    private static final Instant NOW = Instant.parse("2026-11-08T10:00:00Z");
    private static final Duration SOON = Duration.ofMillis(20);

    private final ThreadTasks tasks = new ThreadTasks();
    private final CountDownLatch answers = new CountDownLatch(1);
    private final ImapCopies copies = new ImapCopies(this::open, null, tasks);

    /** A server that says nothing for as long as it likes, and then no. */
    private Result<FilingCabinet> open() {
        try {
            answers.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        return Result.failed(ReceiveMessage.NOT_NOW);
    }

    @AfterEach
    void close() {
        answers.countDown();
        copies.close();
        tasks.close();
    }

    private static OutgoingMail mail() {
        return new OutgoingMail("a@b", List.of("c@d"), "<1@x>", OutgoingMail.Form.SEVEN_BIT, new MailContent() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(new byte[0]);
            }

            @Override
            public long size() {
                return 0;
            }
        });
    }

    @Test
    @Timeout(30)
    void aServerThatAnswersNothingIsWaitedForOnceAMinute() {
        assertThat(copies.keep(mail(), NOW, SOON)).isEqualTo(new Kept.Late(SOON));
        assertThat(copies.keep(mail(), NOW.plusSeconds(59), Duration.ofHours(1)))
                .isEqualTo(new Kept.Late(ImapCopies.BRIEF));
        Duration whole = ImapCopies.BRIEF.plus(SOON);
        assertThat(copies.keep(mail(), NOW.plusSeconds(60), whole)).isEqualTo(new Kept.Late(whole));
        assertThat(copies.keep(mail(), NOW.plusSeconds(61), Duration.ofHours(1)))
                .isEqualTo(new Kept.Late(ImapCopies.BRIEF));
    }

    @Test
    @Timeout(30)
    void aServerThatAnswersAgainGetsItsTime() {
        assertThat(copies.keep(mail(), NOW, SOON)).isInstanceOf(Kept.Late.class);
        answers.countDown();
        Eventually.within(
                Duration.ofSeconds(20), () -> copies.keep(mail(), NOW, Duration.ofHours(1)) instanceof Kept.No);
        assertThat(copies.keep(mail(), NOW, Duration.ofHours(1))).isInstanceOf(Kept.No.class);
    }
}
