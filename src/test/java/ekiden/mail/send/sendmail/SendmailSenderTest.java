package ekiden.mail.send.sendmail;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
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
import ekiden.testing.FakeSendmail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract with a script in place of the mail command, and the faults that a real one shows seldom. */
class SendmailSenderTest extends MailSenderContract {
    private static final SendmailLimits LIMITS = new SendmailLimits(
            300,
            3,
            Duration.ofMillis(5),
            Duration.ofMillis(300),
            Duration.ofMillis(500),
            1000,
            Duration.ofMillis(1),
            1000,
            10);

    @TempDir
    private Path folder;

    @TempDir
    private Path scratch;

    private @Nullable FakeSendmail taking;

    @BeforeEach
    void script() {
        taking = new FakeSendmail(folder, FakeSendmail.TAKE);
    }

    /** Nobody's mail stays about. */
    @AfterEach
    void nothingIsLeft() throws IOException {
        List<Path> left = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(scratch)) {
            files.forEach(left::add);
        }
        assertThat(left).isEmpty();
    }

    private static Send.Sendmail settings(Path command, Send.MailSystem system, Duration timeout) {
        return new Send.Sendmail(
                command.toString(),
                system,
                Send.Tag.PLUS,
                new Address(null, "sender@localhost"),
                1,
                timeout,
                Set.of(Send.Notify.FAILURE, Send.Notify.DELAY),
                CharsetRule.UTF_8,
                null,
                Duration.ofDays(1));
    }

    private SendmailSender sender(Path command, Send.MailSystem system) {
        return sender(settings(command, system, Duration.ofMinutes(1)));
    }

    private SendmailSender sender(Send.Sendmail settings) {
        return new SendmailSender(settings, new SystemClock(), LIMITS, scratch);
    }

    private FakeSendmail taking() {
        return Objects.requireNonNull(taking);
    }

    @Override
    protected MailSender sender() {
        return sender(taking().command(), Send.MailSystem.OTHER);
    }

    @Override
    protected MailSender senderToNobody() {
        return sender(folder.resolve("absent"), Send.MailSystem.AUTO);
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
        return taking().delivered();
    }

    private SendOutcome with(String deed, Send.MailSystem system, SendProgress progress) {
        FakeSendmail other = new FakeSendmail(folder, "faulty", deed);
        return sender(settings(other.command(), system, Duration.ofMillis(700)))
                .submit(mail("<fault@contract>", takes("one")), progress);
    }

    private static Problem problem(SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Refused refused -> refused.problem();
            case SendOutcome.Failed failed -> failed.problem();
            case SendOutcome.Uncertain uncertain -> uncertain.problem();
            case SendOutcome.Accepted taken -> throw new AssertionError(taken);
            case SendOutcome.Queued taken -> throw new AssertionError(taken);
            case SendOutcome.PerRecipient taken -> throw new AssertionError(taken);
        };
    }

    @Test
    void envelopeIsOursAndOptionsEndBeforeTheRecipients() {
        SendOutcome outcome = sender().submit(mail("<args@contract>", "-t@taken.example"), SendProgress.NONE);

        String sender = SenderTag.tagged("sender@localhost", "<args@contract>", Send.Tag.PLUS);
        assertThat(outcome).isEqualTo(new SendOutcome.Queued("", sender, true, List.of("-t@taken.example")));
        assertThat(taking().arguments()).containsExactly(List.of("-i", "-f", sender, "--", "-t@taken.example"));
    }

    @Test
    void onlyPostfixIsAskedForNotices() {
        OutgoingMail mail = mail("<notices@contract>", takes("one"));
        sender(taking().command(), Send.MailSystem.POSTFIX).submit(mail, SendProgress.NONE);

        String sender = SenderTag.tagged("sender@localhost", "<notices@contract>", Send.Tag.PLUS);
        assertThat(taking().arguments())
                .containsExactly(List.of("-i", "-N", "delay,failure", "-R", "hdrs", "-f", sender, "--", takes("one")));
    }

    @Test
    void linesEndWithLineFeedAlone() {
        String text = "Subject: x\r\n\r\na\rb\nc\r\n\r\nlast";
        OutgoingMail mail = mail("<lines@contract>", takes("one"));
        sender().submit(
                        new OutgoingMail(
                                mail.sender(),
                                mail.recipients(),
                                mail.messageId(),
                                mail.form(),
                                content(text.getBytes(StandardCharsets.US_ASCII))),
                        SendProgress.NONE);

        assertThat(arrived(1).getFirst().content()).isEqualTo("Subject: x\r\n\r\na\r\nb\r\nc\r\n\r\nlast\r\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            exit 75                                | POSTFIX | EKDM0641-E
            exit 75                                | OTHER   | EKDM0644-E
            echo disk full >&2; exit 74            | OTHER   | EKDM0641-E
            cat >/dev/null; exit 67                | OTHER   | EKDM0642-E
            head -c 5 >/dev/null; kill -9 $$       | POSTFIX | EKDM0644-E
            cat >/dev/null; exit 3                 | POSTFIX | EKDM0644-E
            sleep 60                               | POSTFIX | EKDM0643-E
            take; sleep 60                         | POSTFIX | EKDM0643-E
            cat >/dev/null; timeout 5 yes no       | POSTFIX | EKDM0643-E
            """)
    void faultIsTakenForWhatItIs(String deed, Send.MailSystem system, String id) {
        SendOutcome outcome = with(deed, system, SendProgress.NONE);

        assertThat(problem(outcome).id()).isEqualTo(id);
        boolean uncertain = id.equals("EKDM0643-E") || id.equals("EKDM0644-E");
        assertThat(outcome instanceof SendOutcome.Uncertain).isEqualTo(uncertain);
        assertThat(outcome instanceof SendOutcome.Failed).isEqualTo(id.equals("EKDM0641-E"));
    }

    @Test
    void refusalOfOneRecipientDoesNotSayThatTheOthersHaveNothing() {
        FakeSendmail partly = new FakeSendmail(folder, "partly", "take; echo nobody: User unknown >&2; exit 67");
        SendOutcome outcome = sender(partly.command(), Send.MailSystem.OTHER)
                .submit(mail("<partly@contract>", takes("one"), takes("nobody")), SendProgress.NONE);

        assertThat(problem(outcome).id()).isEqualTo("EKDM0644-E");
        assertThat(outcome).isInstanceOf(SendOutcome.Uncertain.class);
    }

    @Test
    void commandThatWantsAPersonFindsNone() {
        SendOutcome outcome = with(
                "if (exec 3< /dev/tty) 2>/dev/null; then exit 70; fi; read answer; take; exit 0",
                Send.MailSystem.OTHER,
                SendProgress.NONE);

        assertThat(outcome).isInstanceOf(SendOutcome.Queued.class);
    }

    @Test
    void whatItSaysIsOneLineAndNotMoreThanTheLimit() {
        SendOutcome outcome = with(
                "cat >/dev/null; printf 'no\\033[31m\\nroom '; yes x | head -c 100000; exit 74",
                Send.MailSystem.OTHER,
                SendProgress.NONE);

        assertThat(problem(outcome).values().get("reply"))
                .startsWith("no [31m room x x")
                .hasSizeLessThanOrEqualTo(LIMITS.outputBytes());
    }

    @Test
    void whatWorksOnInTheBackgroundIsNotWaitedFor() {
        assertThat(with("take; sleep 60 & exit 0", Send.MailSystem.OTHER, SendProgress.NONE))
                .isInstanceOf(SendOutcome.Queued.class);
    }

    @Test
    void commandDoesNotStartForAMailThatIsCalledOff() {
        assertThat(with(FakeSendmail.TAKE, Send.MailSystem.OTHER, () -> false)).isInstanceOf(SendOutcome.Failed.class);
        assertThat(taking().calls()).isZero();
    }

    @Test
    void addressThatIsNoneAndOneRecipientTooManyAreRefused() {
        OutgoingMail broken = mail("<a@contract>", "a\nb@taken.example");
        OutgoingMail many = mail("<m@contract>", takes("1"), takes("2"), takes("3"), takes("4"));
        OutgoingMail most = mail("<m@contract>", takes("1"), takes("2"), takes("3"));

        assertThat(problem(sender().submit(broken, SendProgress.NONE)).id()).isEqualTo(SendMessage.BAD_ADDRESS.id());
        assertThat(problem(sender().submit(many, SendProgress.NONE)).id())
                .isEqualTo(SendMessage.TOO_MANY_RECIPIENTS.id());
        assertThat(sender().submit(most, SendProgress.NONE)).isInstanceOf(SendOutcome.Queued.class);
    }

    @Test
    void placeThatIsGoneMayBeThereLater() {
        SendmailSender sender = new SendmailSender(
                settings(taking().command(), Send.MailSystem.AUTO, Duration.ofMinutes(1)),
                new SystemClock(),
                LIMITS,
                scratch.resolve("gone"));

        SendOutcome outcome = sender.submit(mail("<gone@contract>", takes("one")), SendProgress.NONE);

        assertThat(outcome).isInstanceOf(SendOutcome.Failed.class);
        assertThat(problem(outcome).id()).isEqualTo(SendMessage.NO_SCRATCH.id());
    }

    @Test
    void mailWaitsForItsTurnButNotForEver() throws InterruptedException {
        FakeSendmail slow = new FakeSendmail(folder, "slow", "echo x > '" + folder + "/begun'; sleep 60");
        SendmailSender one = sender(settings(slow.command(), Send.MailSystem.OTHER, Duration.ofSeconds(2)));
        Thread first =
                Thread.ofVirtual().start(() -> one.submit(mail("<first@contract>", takes("one")), SendProgress.NONE));
        Eventually.within(Duration.ofSeconds(30), () -> Files.exists(folder.resolve("begun")));

        SendOutcome second = one.submit(mail("<second@contract>", takes("one")), SendProgress.NONE);

        assertThat(problem(second).id()).isEqualTo(SendMessage.COMMAND_BUSY.id());
        first.join();
    }

    private Result<String> probe(String name, String deed) {
        return sender(new FakeSendmail(folder, name, deed).command(), Send.MailSystem.AUTO)
                .probe();
    }

    private static String failure(Result<String> probed) {
        return switch (probed) {
            case Result.Ok<String>(String seen) -> throw new AssertionError(seen);
            case Result.Failed<String>(Problem problem) -> problem.id();
        };
    }

    @Test
    void probeSaysWhatItIsAndSendsNothing() {
        assertThat(probe("own", "echo 'Mail queue is empty'"))
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        ok -> assertThat(String.valueOf(ok.value()))
                                .contains("own (?), not default: ")
                                .endsWith(", -bp: Mail queue is empty"));
        assertThat(taking().delivered()).isEmpty();
        assertThat(probe("msmtp", "exit 70"))
                .isInstanceOfSatisfying(
                        Result.Ok.class,
                        ok -> assertThat(String.valueOf(ok.value()))
                                .contains("msmtp (msmtp)")
                                .endsWith(", not run"));
    }

    @Test
    void probeTellsWhyNothingCouldBeHandedOver() {
        assertThat(failure(probe("down", "echo 'postqueue: warning: Mail system is down'")))
                .isEqualTo(SendMessage.COMMAND_UNUSABLE.id());
        assertThat(failure(probe("broken", "exit 69"))).isEqualTo(SendMessage.COMMAND_UNUSABLE.id());
        assertThat(failure(probe("asking", "read x </dev/tty || sleep 60"))).isEqualTo(SendMessage.COMMAND_ASKS.id());
        assertThat(failure(
                        sender(folder.resolve("absent"), Send.MailSystem.AUTO).probe()))
                .isEqualTo(SendMessage.COMMAND_NOT_STARTED.id());
    }
}
