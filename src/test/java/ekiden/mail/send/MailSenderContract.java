package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.base.MessageId;
import ekiden.testing.Delivered;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link MailSender} keeps. An implementation gives the mail system behind it. */
public abstract class MailSenderContract {
    /** {@return a sender to a mail system that works} */
    protected abstract MailSender sender();

    /** {@return a sender to a place where nobody listens} */
    protected abstract MailSender senderToNobody();

    /** {@return an address that the mail system takes; different for each name} */
    protected abstract String takes(String name);

    /** {@return what has arrived, waiting as long as that mail system needs for so many} */
    protected abstract List<Delivered> arrived(int atLeast);

    /** {@return what it says of a mail that it has taken whole} */
    protected Class<? extends SendOutcome> taken() {
        return SendOutcome.Accepted.class;
    }

    /** A mail of a few lines, with what is hard on the wire. */
    protected static OutgoingMail mail(String messageId, String... recipients) {
        String text = "Message-ID: " + messageId + "\r\nSubject: contract\r\n\r\n.dot\r\n..\r\nlast line\r\n";
        return new OutgoingMail(
                "sender@localhost",
                List.of(recipients),
                messageId,
                OutgoingMail.Form.SEVEN_BIT,
                content(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Bytes as content. */
    public static MailContent content(byte[] bytes) {
        return new MailContent() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public long size() {
                return bytes.length;
            }
        };
    }

    private static OutgoingMail with(OutgoingMail mail, MailContent content) {
        return new OutgoingMail(mail.sender(), mail.recipients(), mail.messageId(), mail.form(), content);
    }

    private static String text(Delivered mail) {
        return mail.content();
    }

    @Test
    void acceptedMailArrivesOnceForEachRecipientAndWhole() {
        OutgoingMail mail = mail("<whole@contract>", takes("one"), takes("two"));

        SendOutcome outcome = sender().submit(mail, SendProgress.NONE);

        assertThat(outcome).isInstanceOf(taken());
        List<Delivered> arrived = arrived(1);
        assertThat(arrived)
                .allSatisfy(one -> assertThat(text(one))
                        .contains("Message-ID: <whole@contract>\r\n")
                        .endsWith("\r\n\r\n.dot\r\n..\r\nlast line\r\n"));
        assertThat(arrived.stream().flatMap(one -> one.recipients().stream()))
                .containsExactlyInAnyOrder(takes("one"), takes("two"));
    }

    @Test
    void nobodyHasTheMailWhenItsEndIsAnnounced() {
        AtomicInteger asked = new AtomicInteger();

        SendOutcome outcome = sender().submit(mail("<note@contract>", takes("one")), () -> {
            asked.incrementAndGet();
            assertThat(arrived(0)).isEmpty();
            return true;
        });

        assertThat(outcome).isInstanceOf(taken());
        assertThat(asked).hasValue(1);
        assertThat(arrived(1)).hasSize(1);
    }

    @Test
    void mailThatIsCalledOffIsNotSentAndMayBeTriedAgain() {
        SendOutcome outcome = sender().submit(mail("<off@contract>", takes("one")), () -> false);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SendOutcome.Failed.class,
                        failed -> assertThat(failed.problem().id()).isEqualTo(SendMessage.CALLED_OFF.id()));
        assertThat(sender().submit(mail("<after@contract>", takes("one")), SendProgress.NONE))
                .isInstanceOf(taken());
        assertThat(arrived(1))
                .singleElement()
                .satisfies(one -> assertThat(text(one)).contains("<after@contract>"));
    }

    @Test
    void noteThatBreaksKeepsTheMailFromBeingSent() {
        SendProgress broken = () -> {
            throw new IllegalStateException("the note could not be made");
        };

        assertThatThrownBy(() -> sender().submit(mail("<broken@contract>", takes("one")), broken))
                .isInstanceOf(IllegalStateException.class);

        sender().submit(mail("<after@contract>", takes("one")), SendProgress.NONE);
        assertThat(arrived(1))
                .singleElement()
                .satisfies(one -> assertThat(text(one)).contains("<after@contract>"));
    }

    /** A disk that goes away. */
    private static final class BrokenStream extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the disk is gone");
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            return read();
        }
    }

    @Test
    void mailWhoseContentCannotBeReadIsNotSentInPart() {
        OutgoingMail whole = mail("<unreadable@contract>", takes("one"));
        MailContent torn = new MailContent() {
            @Override
            public InputStream open() {
                byte[] half = "x".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
                return new SequenceInputStream(new ByteArrayInputStream(half), new BrokenStream());
            }

            @Override
            public long size() {
                return 200_000;
            }
        };

        SendOutcome outcome = sender().submit(with(whole, torn), SendProgress.NONE);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SendOutcome.Refused.class,
                        refused -> assertThat(refused.problem().id()).isEqualTo(SendMessage.CONTENT_UNREADABLE.id()));
        assertThat(arrived(0)).isEmpty();
    }

    @Test
    void mailWhoseContentWasCutIsNotSentInPart() {
        OutgoingMail whole = mail("<cut@contract>", takes("one"));
        byte[] bytes = "Subject: cut\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII);
        MailContent cut = new MailContent() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public long size() {
                return bytes.length + 1L;
            }
        };

        assertThat(sender().submit(with(whole, cut), SendProgress.NONE)).isInstanceOf(SendOutcome.Refused.class);
        assertThat(arrived(0)).isEmpty();
    }

    @Test
    void systemThatIsNotThereMayBeTriedAgain() {
        SendOutcome outcome = senderToNobody().submit(mail("<nobody@contract>", takes("one")), SendProgress.NONE);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SendOutcome.Failed.class,
                        failed -> assertThat(failed.problem().kind()).isEqualTo(MessageId.Kind.RETRYABLE));
    }

    @Test
    void mailThatIsSentAgainKeepsItsMessageId() {
        OutgoingMail mail = mail("<again@contract>", takes("one"));

        sender().submit(mail, SendProgress.NONE);
        sender().submit(mail, SendProgress.NONE);

        assertThat(arrived(2))
                .hasSize(2)
                .allSatisfy(one -> assertThat(text(one)).contains("Message-ID: <again@contract>"));
    }
}
