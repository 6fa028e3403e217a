package ekiden.mail.send.sendmail;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.base.SystemClock;
import ekiden.mail.profile.CharsetRule;
import ekiden.mail.profile.Send;
import ekiden.mail.send.MailQueue;
import ekiden.mail.send.MailQueue.State;
import ekiden.mail.send.MailSenderContract;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import ekiden.model.mail.Address;
import ekiden.testing.Eventually;
import ekiden.testing.Ports;
import ekiden.testing.PostfixServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails in the queue of a real Postfix: one that waits, one that leaves, one that comes back, and one of which nothing is known. */
class PostfixQueueIT {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    @TempDir
    private Path scratch;

    private SendmailSender sender(PostfixServer postfix, Send.Tag tag, @Nullable Path log) {
        Send.Sendmail settings = new Send.Sendmail(
                postfix.sendmail().toString(),
                Send.MailSystem.AUTO,
                tag,
                new Address(null, "sender@localhost"),
                4,
                Duration.ofMinutes(1),
                Set.of(),
                CharsetRule.UTF_8,
                log == null ? null : log.toString(),
                Duration.ofDays(1));
        return new SendmailSender(settings, new SystemClock(), SendmailLimits.DEFAULT, scratch);
    }

    private static MailQueue.Entry queued(SendmailSender sender, String... recipients) {
        String text = "Message-ID: <queue@it>\r\nSubject: x\r\n\r\ntext\r\n";
        OutgoingMail mail = new OutgoingMail(
                "sender@localhost",
                List.of(recipients),
                "<queue@it>",
                OutgoingMail.Form.SEVEN_BIT,
                MailSenderContract.content(text.getBytes(StandardCharsets.US_ASCII)));
        SendOutcome outcome = sender.submit(mail, SendProgress.NONE);
        assertThat(outcome).isInstanceOf(SendOutcome.Queued.class);
        SendOutcome.Queued queued = (SendOutcome.Queued) outcome;
        return new MailQueue.Entry(queued.sender(), queued.own(), queued.recipients(), mail.messageId());
    }

    private static <T extends State> T eventually(
            PostfixServer postfix, SendmailSender sender, MailQueue.Entry mail, Class<T> wanted) {
        AtomicReference<State> last = new AtomicReference<>();
        Eventually.within(WITHIN, () -> last.get() + postfix.told(), () -> {
            last.set(sender.queue().look(mail));
            return wanted.isInstance(last.get());
        });
        return Objects.requireNonNull(wanted.cast(last.get()));
    }

    @Test
    void mailThatWaitsHasAnIdAndAReason() {
        try (PostfixServer postfix =
                PostfixServer.smtpTo(new HostPort("127.0.0.1", Ports.free())).start()) {
            SendmailSender sender = sender(postfix, Send.Tag.PLUS, postfix.log());
            MailQueue.Entry mail = queued(sender, "a@x.example");

            Eventually.within(
                    WITHIN,
                    postfix::told,
                    () -> sender.queue().look(mail) instanceof State.Waiting waiting
                            && waiting.reason().contains("refused"));
        }
    }

    @Test
    void mailThatLeftIsShownByTheLogOnly() {
        try (PostfixServer postfix = PostfixServer.discarding().start()) {
            SendmailSender seeing = sender(postfix, Send.Tag.PLUS, postfix.log());
            MailQueue.Entry mail = queued(seeing, "a@x.example", "B@x.example");

            State.Left left = eventually(postfix, seeing, mail, State.Left.class);
            assertThat(left.bounced()).isEmpty();
            assertThat(left.id()).isNotEmpty();

            assertThat(sender(postfix, Send.Tag.PLUS, null).queue().look(mail)).isEqualTo(new State.NotSeen(null));
        }
    }

    @Test
    void mailWithoutASenderOfItsOwnIsFollowedByItsMessageId() {
        try (PostfixServer postfix = PostfixServer.discarding().start()) {
            SendmailSender sender = sender(postfix, Send.Tag.NONE, postfix.log());
            MailQueue.Entry mail = queued(sender, "a@x.example");

            assertThat(mail.own()).isFalse();
            eventually(postfix, sender, mail, State.Left.class);
        }
    }

    @Test
    void whoGotItNotIsNamedWithTheWordsOfTheNextServer() {
        try (PostfixServer postfix = PostfixServer.discarding()
                .set("transport_maps", "inline:{{gone@x.example = error:5.1.1 nobody of that name}}")
                .start()) {
            SendmailSender sender = sender(postfix, Send.Tag.PLUS, postfix.log());
            MailQueue.Entry mail = queued(sender, "a@x.example", "gone@x.example");

            State.Left left = eventually(postfix, sender, mail, State.Left.class);
            assertThat(left.bounced()).singleElement().satisfies(one -> {
                assertThat(one.recipient()).isEqualTo("gone@x.example");
                assertThat(one.text()).contains("nobody of that name");
                assertThat(one.permanent()).isTrue();
            });
        }
    }

    @Test
    void memberOfAnAliasWhomItDidNotReachIsNamedThoughTheLastOneGotIt() {
        try (PostfixServer postfix = PostfixServer.discarding()
                .set("virtual_alias_maps", "inline:{{all@x.example = gone@x.example slow@y.example}}")
                .set("transport_maps", "inline:{{gone@x.example = error:5.1.1 nobody of that name}}")
                .start()) {
            SendmailSender sender = sender(postfix, Send.Tag.PLUS, postfix.log());
            MailQueue.Entry mail = queued(sender, "all@x.example");

            State.Left left = eventually(postfix, sender, mail, State.Left.class);
            assertThat(left.bounced()).singleElement().satisfies(one -> {
                assertThat(one.recipient()).isEqualTo("gone@x.example");
                assertThat(one.text()).contains("nobody of that name");
            });
            assertThat(left.reply()).isNotEmpty();
        }
    }

    @Test
    void logThatCannotBeReadHidesWhatLeftAndQueueOfAnotherSystemIsNotFollowed() {
        try (PostfixServer postfix = PostfixServer.discarding().start()) {
            SendmailSender blind = sender(postfix, Send.Tag.PLUS, scratch.resolve("absent.log"));
            MailQueue.Entry mail = queued(blind, "a@x.example");

            State.Hidden hidden = eventually(postfix, blind, mail, State.Hidden.class);
            assertThat(hidden.problem().id()).isEqualTo(SendMessage.LOG_UNREADABLE.id());
        }
        Send.Sendmail other = new Send.Sendmail(
                scratch.resolve("other").toString(),
                Send.MailSystem.OTHER,
                Send.Tag.PLUS,
                new Address(null, "sender@localhost"),
                1,
                Duration.ofMinutes(1),
                Set.of(),
                CharsetRule.UTF_8,
                null,
                Duration.ofDays(1));
        MailQueue queue = new SendmailSender(other, new SystemClock(), SendmailLimits.DEFAULT, scratch).queue();
        assertThat(queue.look(new MailQueue.Entry("s@x", true, List.of("a@x"), "<m>")))
                .isInstanceOfSatisfying(
                        State.Hidden.class,
                        hidden -> assertThat(hidden.problem().id()).isEqualTo(SendMessage.NOT_FOLLOWED.id()));
    }
}
