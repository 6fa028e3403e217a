package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.link.Assignment;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.Entry;
import ekiden.mail.send.SendMessage;
import ekiden.model.definition.MailExtras;
import ekiden.model.run.AttemptOutcome;
import ekiden.testing.MemoryBook;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Send-mail jobs whose recipients are names. */
class NamedRecipientsTest {
    private static final Entry TARO = new Entry.Person("1", "山田 太郎", "", List.of("山田 太郎"), "taro@example.jp");

    private final AgentRig rig = new AgentRig(1);

    private static Assignment.SubmitMail to(String... recipients) {
        return new Assignment.SubmitMail(
                AgentRig.attempt("tell"),
                "orders",
                List.of(recipients),
                List.of(),
                List.of(),
                "order",
                "taken",
                null,
                List.of(),
                "/work",
                "<tell@localhost>",
                Instant.EPOCH,
                null,
                List.of(),
                MailExtras.NONE,
                null,
                List.of());
    }

    private static void notSent(@Nullable AttemptOutcome outcome, MessageId why) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AttemptOutcome.NotSent.class,
                        not -> assertThat(not.problem().id()).isEqualTo(why.id()));
    }

    @Test
    void nameThatNobodyBearsEndsTheJobAndNothingIsSent() {
        rig.books.add(new MemoryBook("own", false, List.of(TARO)));
        rig.give(to("taro@example.jp", "誰か"));
        notSent(rig.outcome("tell"), AddressMessage.UNKNOWN);
        assertThat(rig.sender.submissions()).isZero();
    }

    @Test
    void directoryThatDoesNotAnswerIsAskedAgainLater() {
        MemoryBook book = new MemoryBook("own", false, List.of(TARO));
        book.failing(Problem.of(SendMessage.NO_CONNECTION));
        rig.books.add(book);
        rig.give(to("山田 太郎"));
        assertThat(rig.outcome("tell")).isNull();
        book.works();
        rig.advance(Duration.ofHours(2));
        assertThat(rig.outcome("tell")).isInstanceOf(AttemptOutcome.Sent.class);
    }

    @Test
    void directoryThatNeverAnswersEndsTheJob() {
        MemoryBook book = new MemoryBook("own", false, List.of(TARO));
        book.failing(Problem.of(SendMessage.NO_CONNECTION));
        rig.books.add(book);
        rig.give(to("山田 太郎"));
        rig.advance(Duration.ofDays(2));
        notSent(rig.outcome("tell"), SendMessage.NO_CONNECTION);
        assertThat(book.asked()).hasSize(4);
        assertThat(rig.sender.submissions()).isZero();
    }

    @Test
    void mailGoesToTheAddressesAndTheLogShowsThem() throws IOException {
        Entry list = new Entry.Group("2", "営業部", "", List.of("営業部"), null, List.of("boss@example.jp", "1"));
        rig.books.add(new MemoryBook("own", false, List.of(TARO, list)));
        rig.give(to("営業部", "x@example.jp"));
        assertThat(rig.outcome("tell")).isInstanceOf(AttemptOutcome.Sent.class);
        assertThat(rig.sender.arrivals().getFirst().mail().recipients())
                .containsExactlyInAnyOrder("boss@example.jp", "taro@example.jp", "x@example.jp");
        assertThat(new Facts(rig.disk).read(rig.file("tell", "stdout")))
                .isEqualTo("営業部 = <boss@example.jp> [own]\n営業部 = 山田 太郎 <taro@example.jp> [own]\n");
    }
}
