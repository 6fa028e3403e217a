package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.MessageId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a {@link MailSender} keeps besides, whose mail system answers for each recipient. */
public abstract class MailServerContract extends MailSenderContract {
    /** {@return an address that it refuses by name} */
    protected abstract String refuses(String name);

    @Test
    void refusedRecipientsDoNotKeepTheMailFromTheOthers() {
        OutgoingMail mail = mail("<some@contract>", refuses("x"), takes("one"), refuses("y"));

        SendOutcome outcome = sender().submit(mail, SendProgress.NONE);

        assertThat(outcome).isInstanceOfSatisfying(SendOutcome.PerRecipient.class, some -> {
            assertThat(some.accepted()).containsExactly(takes("one"));
            assertThat(some.refused())
                    .extracting(SendOutcome.Refusal::recipient)
                    .containsExactly(refuses("x"), refuses("y"));
            assertThat(some.refused()).allMatch(SendOutcome.Refusal::permanent);
        });
        assertThat(arrived(1))
                .singleElement()
                .satisfies(one -> assertThat(one.recipients()).containsExactly(takes("one")));
    }

    @Test
    void mailThatNobodyMayHaveIsRefusedBeforeItsEnd() {
        AtomicInteger asked = new AtomicInteger();

        SendOutcome outcome = sender().submit(mail("<none@contract>", refuses("x")), () -> {
            asked.incrementAndGet();
            return true;
        });

        assertThat(outcome).isInstanceOfSatisfying(SendOutcome.Refused.class, refused -> {
            assertThat(refused.problem().kind()).isEqualTo(MessageId.Kind.PERMANENT);
            assertThat(refused.refused()).hasSize(1);
        });
        assertThat(asked).hasValue(0);
        assertThat(arrived(0)).isEmpty();
    }
}
