package ekiden.mail.send.sendmail;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.mail.profile.CharsetRule;
import ekiden.mail.profile.Send;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.MailSenderContract;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import ekiden.model.mail.Address;
import ekiden.testing.Delivered;
import ekiden.testing.Eventually;
import ekiden.testing.PostfixServer;
import ekiden.testing.ScriptedSmtpServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract with the mail command of a real Postfix, which hands on what it took to a server that records it. */
class PostfixSendmailIT extends MailSenderContract {
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final ScriptedSmtpServer TARGET = ScriptedSmtpServer.start();
    private static @Nullable PostfixServer postfix;

    @TempDir
    private Path scratch;

    private int before;

    @BeforeAll
    static void start() {
        postfix = PostfixServer.smtpTo(new HostPort("127.0.0.1", TARGET.port()))
                .set("message_size_limit", "300000")
                .start();
    }

    @AfterAll
    static void stop() {
        postfix().close();
        TARGET.close();
    }

    @BeforeEach
    void count() {
        before = TARGET.delivered().size();
    }

    private static PostfixServer postfix() {
        return Objects.requireNonNull(postfix);
    }

    private SendmailSender sender(Path command) {
        Send.Sendmail settings = new Send.Sendmail(
                command.toString(),
                Send.MailSystem.AUTO,
                Send.Tag.PLUS,
                new Address(null, "sender@localhost"),
                4,
                Duration.ofMinutes(1),
                Set.of(Send.Notify.FAILURE),
                CharsetRule.UTF_8,
                null,
                Duration.ofDays(1));
        return new SendmailSender(settings, new SystemClock(), SendmailLimits.DEFAULT, scratch);
    }

    @Override
    protected MailSender sender() {
        return sender(postfix().sendmail());
    }

    @Override
    protected MailSender senderToNobody() {
        return sender(scratch.resolve("absent"));
    }

    @Override
    protected Class<? extends SendOutcome> taken() {
        return SendOutcome.Queued.class;
    }

    @Override
    protected String takes(String name) {
        return name + "@taken.example";
    }

    @Override
    protected List<Delivered> arrived(int atLeast) {
        if (atLeast > 0) {
            Eventually.within(WITHIN, () -> postfix().told(), () -> fresh().size() >= atLeast);
        }
        return fresh();
    }

    /** What came since this test began. */
    private List<Delivered> fresh() {
        List<Delivered> all = TARGET.delivered();
        return all.subList(before, all.size());
    }

    @Test
    void mailGoesUnderASenderOfItsOwn() {
        SendOutcome outcome = sender().submit(mail("<own@contract>", takes("one")), SendProgress.NONE);

        String sender = SenderTag.tagged("sender@localhost", "<own@contract>", Send.Tag.PLUS);
        assertThat(outcome).isEqualTo(new SendOutcome.Queued("", sender, true, List.of(takes("one"))));
        assertThat(arrived(1))
                .singleElement()
                .satisfies(one -> assertThat(one.sender()).isEqualTo(sender));
    }

    @Test
    void mailThatIsTooLargeIsToldInTheWordsOfPostfix() {
        byte[] large = ("Subject: large\r\n\r\n" + "x\r\n".repeat(200_000)).getBytes(StandardCharsets.US_ASCII);
        OutgoingMail mail = mail("<large@contract>", takes("one"));
        SendOutcome outcome = sender().submit(
                        new OutgoingMail(
                                mail.sender(), mail.recipients(), mail.messageId(), mail.form(), content(large)),
                        SendProgress.NONE);

        assertThat(outcome).isInstanceOfSatisfying(SendOutcome.Refused.class, refused -> {
            assertThat(refused.problem().id()).isEqualTo(SendMessage.COMMAND_REFUSED.id());
            assertThat(refused.problem().values().get("reply")).contains("too big");
        });
    }

    @Test
    void probeKnowsPostfixAndItsQueue() {
        assertThat(sender(postfix().sendmail()).probe())
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        ok -> assertThat(String.valueOf(ok.value()))
                                .contains("(Postfix), not default: /usr/sbin/sendmail, -bp: "));
    }
}
