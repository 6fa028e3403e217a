package ekiden.mail.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.MailServerContract;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import ekiden.testing.Delivered;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmtpSenderTest extends MailServerContract {
    private static final PoolLimits ONE_EACH = PoolLimits.DEFAULT.with(1, 1, 0);

    private final ThreadTasks tasks = new ThreadTasks();
    private final ScriptedSmtpServer server = ScriptedSmtpServer.start()
            .on(Step.RCPT, "<refused-", Integer.MAX_VALUE, new Act.Say("550 5.1.1 nobody of that name"));

    @AfterEach
    void close() {
        server.close();
        tasks.close();
    }

    private SmtpSettings settings() {
        return SmtpSettings.plain("127.0.0.1", server.port());
    }

    private MailSender sender(SmtpSettings settings) {
        return new SmtpPool(settings, ONE_EACH, () -> Result.ok("secret"), new SystemClock(), tasks);
    }

    @Override
    protected MailSender sender() {
        return sender(settings());
    }

    @Override
    protected MailSender senderToNobody() {
        try (ServerSocket once = new ServerSocket(0)) {
            return sender(SmtpSettings.plain("127.0.0.1", once.getLocalPort()));
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Override
    protected String takes(String name) {
        return name + "@scripted.example";
    }

    @Override
    protected String refuses(String name) {
        return "refused-" + name + "@scripted.example";
    }

    @Override
    protected List<Delivered> arrived(int atLeast) {
        return server.delivered();
    }

    private SendOutcome send(SmtpSettings settings) {
        return sender(settings).submit(mail("<m@smtp>", takes("one")), SendProgress.NONE);
    }

    private static String problem(SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Refused refused -> refused.problem().id();
            case SendOutcome.Failed failed -> failed.problem().id();
            case SendOutcome.Uncertain uncertain -> uncertain.problem().id();
            case SendOutcome.Queued queued -> "queued";
            case SendOutcome.Accepted accepted -> "accepted";
            case SendOutcome.PerRecipient some -> "some";
        };
    }

    @Test
    void serverWithoutEhloIsGreetedWithHelo() {
        server.on(Step.EHLO, new Act.Say("502 5.5.1 not known"));

        assertThat(send(settings())).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(server.lines()).element(1).asString().startsWith("HELO [127.0.0.1]");
        assertThat(server.lines()).contains("MAIL FROM:<sender@localhost>");
    }

    @Test
    void hundredRecipientsGoInBatchesAndKeepTheirOrder() {
        String[] many = IntStream.range(0, 120)
                .mapToObj(i -> i % 10 == 3 ? refuses("r" + i) : takes("r" + i))
                .toArray(String[]::new);

        SendOutcome outcome = sender().submit(mail("<many@smtp>", many), SendProgress.NONE);

        assertThat(outcome).isInstanceOfSatisfying(SendOutcome.PerRecipient.class, some -> {
            assertThat(some.refused()).hasSize(12);
            assertThat(some.accepted()).hasSize(108).startsWith(takes("r0"), takes("r1"), takes("r2"), takes("r4"));
        });
        assertThat(server.delivered().getFirst().recipients()).hasSize(108);
    }

    @Test
    void recipientsArePutOffWhenTheServerSaysSo() {
        server.on(Step.RCPT, "<later-", 2, new Act.Say("450 4.2.0 greylisted"));

        SendOutcome some = sender().submit(mail("<1@smtp>", "later-a@x.example", takes("one")), SendProgress.NONE);
        SendOutcome none = sender().submit(mail("<2@smtp>", "later-a@x.example"), SendProgress.NONE);

        assertThat(some)
                .isInstanceOfSatisfying(
                        SendOutcome.PerRecipient.class,
                        p -> assertThat(p.refused().getFirst().permanent()).isFalse());
        assertThat(problem(none)).isEqualTo(SendMessage.ALL_PUT_OFF.id());
    }

    @Test
    void mailLargerThanTheServersSizeIsFoundBeforeMail() {
        server.offers("SIZE 50");

        SendOutcome outcome = send(settings());

        assertThat(problem(outcome)).isEqualTo(SendMessage.TOO_LARGE.id());
        assertThat(server.lines()).noneMatch(line -> line.startsWith("MAIL"));
    }

    @Test
    void sizeAndBodyAreToldWhereTheServerAsksForThem() {
        server.offers("SIZE 5000", "8BITMIME");
        OutgoingMail plain = mail("<8@smtp>", takes("one"));
        byte[] japanese = "Subject: x\r\n\r\n荷物が着きました\r\n".getBytes(StandardCharsets.UTF_8);
        OutgoingMail eight = new OutgoingMail(
                plain.sender(), plain.recipients(), plain.messageId(), OutgoingMail.Form.EIGHT_BIT, content(japanese));

        assertThat(sender().submit(eight, SendProgress.NONE)).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(server.lines()).contains("MAIL FROM:<sender@localhost> SIZE=" + japanese.length + " BODY=8BITMIME");
        assertThat(server.delivered().getFirst().bytes()).isEqualTo(japanese);
    }

    @Test
    void eightBitMailNeedsAServerThatCarriesIt() {
        server.offers();
        OutgoingMail plain = mail("<8@smtp>", takes("one"));
        OutgoingMail eight = new OutgoingMail(
                plain.sender(), plain.recipients(), plain.messageId(), OutgoingMail.Form.EIGHT_BIT, plain.content());

        assertThat(problem(sender().submit(eight, SendProgress.NONE))).isEqualTo(SendMessage.NO_8BITMIME.id());
    }

    @Test
    void addressesOutsideAsciiNeedSmtputf8AndDomainsDoNot() {
        OutgoingMail local = mail("<l@smtp>", "山田@例え.jp");
        OutgoingMail domain = mail("<d@smtp>", "yamada@例え.jp");

        assertThat(problem(sender().submit(local, SendProgress.NONE))).isEqualTo(SendMessage.NO_SMTPUTF8.id());
        assertThat(sender().submit(domain, SendProgress.NONE)).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(server.lines()).contains("RCPT TO:<yamada@xn--r8jz45g.jp>");
        server.offers("SMTPUTF8", "8BITMIME");
        assertThat(sender().submit(local, SendProgress.NONE)).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(server.lines()).contains("MAIL FROM:<sender@localhost> SMTPUTF8", "RCPT TO:<山田@xn--r8jz45g.jp>");
    }

    @Test
    void envelopeAddressThatCouldCarryACommandIsRefused() {
        for (String bad : List.of("a@b.example>\r\nRCPT TO:<c@d.example", "a b@c.example", "no-domain", "a@b>c", "")) {
            assertThat(problem(sender().submit(mail("<bad@smtp>", bad), SendProgress.NONE)))
                    .isEqualTo(SendMessage.BAD_ADDRESS.id());
        }
        assertThat(server.lines()).noneMatch(line -> line.startsWith("RCPT"));
    }

    @Test
    void oneRecipientMoreThanTheLimitIsRefused() {
        SmtpSettings two = settings().with(new SmtpLimits(4096, 100, 2, 50, 4, 1024));

        assertThat(sender(two).submit(mail("<2@smtp>", takes("a"), takes("b")), SendProgress.NONE))
                .isInstanceOf(SendOutcome.Accepted.class);
        assertThat(problem(sender(two).submit(mail("<3@smtp>", takes("a"), takes("b"), takes("c")), SendProgress.NONE)))
                .isEqualTo(SendMessage.TOO_MANY_RECIPIENTS.id());
    }

    @Test
    void repliesHaveLimits() {
        SmtpSettings few = settings().with(new SmtpLimits(40, 3, 10, 50, 4, 1024));
        server.offers("A", "B");
        assertThat(send(few)).isInstanceOf(SendOutcome.Accepted.class);
        server.offers("A", "B", "C");
        assertThat(problem(send(few))).isEqualTo(SendMessage.NOT_SMTP.id());
        server.offers("A").on(Step.MAIL, "", 1, new Act.Say("250 " + "x".repeat(35)));
        assertThat(send(few)).isInstanceOf(SendOutcome.Accepted.class);
        server.on(Step.MAIL, "", 1, new Act.Say("250 " + "x".repeat(37)));
        assertThat(problem(send(few))).isEqualTo(SendMessage.NOT_SMTP.id());
    }

    @Test
    void userLogsInWithPlainOrLogin() {
        server.login("taro", "secret");
        SmtpSettings taro = settings().withLogin("taro", false);

        assertThat(send(taro)).isInstanceOf(SendOutcome.Accepted.class);
        server.offers("AUTH=LOGIN");
        assertThat(send(taro)).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(server.lines()).contains("AUTH PLAIN AHRhcm8Ac2VjcmV0", "AUTH LOGIN", "dGFybw==", "c2VjcmV0");
    }

    @Test
    void wrongPasswordIsToldAsSuch() {
        server.login("taro", "other");
        assertThat(problem(send(settings().withLogin("taro", false)))).isEqualTo(SendMessage.LOGIN_REFUSED.id());
    }

    @Test
    void loginThatTheServerDoesNotOfferIsASetting() {
        assertThat(problem(send(settings().withLogin("taro", false)))).isEqualTo(SendMessage.NO_LOGIN.id());
        server.login("taro", "secret").offers("AUTH GSSAPI");
        assertThat(problem(send(settings().withLogin("taro", false)))).isEqualTo(SendMessage.NO_LOGIN.id());
    }

    @Test
    void passwordThatCannotBeHadEndsTheSubmissionWithItsOwnProblem() {
        server.login("taro", "secret");
        MailSender sender = new SmtpPool(
                settings().withLogin("taro", false),
                ONE_EACH,
                () -> Result.failed(SendMessage.CA_UNREADABLE, "detail", "stand-in"),
                new SystemClock(),
                tasks);

        SendOutcome outcome = sender.submit(mail("<m@smtp>", takes("one")), SendProgress.NONE);

        assertThat(problem(outcome)).isEqualTo(SendMessage.CA_UNREADABLE.id());
    }

    @Test
    void hostThatHasNoAddressMayBeTriedAgain() {
        SendOutcome outcome = send(SmtpSettings.plain("no-such-host.invalid", 25));

        assertThat(outcome).isInstanceOf(SendOutcome.Failed.class);
        assertThat(problem(outcome)).isEqualTo(SendMessage.UNKNOWN_HOST.id());
    }

    @Test
    void probeSendsNothing() {
        SmtpPool sender = new SmtpPool(settings(), ONE_EACH, () -> Result.ok(""), new SystemClock(), tasks);

        assertThat(sender.probe()).isInstanceOf(Result.Ok.class);
        assertThat(server.lines()).hasSize(2).last().isEqualTo("QUIT");
    }
}
