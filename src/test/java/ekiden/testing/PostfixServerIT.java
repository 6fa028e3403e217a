package ekiden.testing;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The launcher of Postfix. */
class PostfixServerIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String MAIL = "From: a@a.test\r\nTo: b@b.test\r\nSubject: hello\r\n\r\nbody\r\n";

    @Test
    void aMailGoesThroughToTheSink() {
        try (ScriptedSmtpServer sink = ScriptedSmtpServer.start();
                PostfixServer postfix = PostfixServer.smtpTo(new HostPort("127.0.0.1", sink.port()))
                        .start()) {
            submit(postfix);
            Eventually.within(
                    SOON,
                    () -> "the sink has it" + postfix.told(),
                    () -> !sink.delivered().isEmpty());
            Delivered got = sink.delivered().getFirst();
            assertThat(got.sender()).isEqualTo("a@a.test");
            assertThat(got.recipients()).containsExactly("b@b.test");
            assertThat(got.content()).contains("Subject: hello", "body");
            Eventually.within(SOON, "the queue is empty", () -> postfix.waiting() == 0);
        }
    }

    @Test
    void whatIsRefusedForNowComesAgainAlsoAfterARestart() {
        try (ScriptedSmtpServer sink = ScriptedSmtpServer.start();
                PostfixServer postfix = PostfixServer.smtpTo(new HostPort("127.0.0.1", sink.port()))
                        .start()) {
            sink.on(Step.MAIL, "", 2, new Act.Say("451 later"));
            submit(postfix);
            Eventually.within(SOON, "refused once", () -> sink.lines().stream().anyMatch(l -> l.startsWith("MAIL")));
            postfix.stop();
            assertThat(postfix.waiting()).isEqualTo(1);
            postfix.startAgain();
            Eventually.within(
                    SOON,
                    () -> "the sink has it" + postfix.told(),
                    () -> !sink.delivered().isEmpty());
        }
    }

    @Test
    void lmtpIntoDovecotAndLoginOfItsUsers() {
        try (DovecotServer dovecot = DovecotServer.plan().user("hanako", "pass").start();
                PostfixServer postfix = PostfixServer.lmtpTo(new HostPort("127.0.0.1", dovecot.lmtpPort()))
                        .login(dovecot)
                        .tls()
                        .start();
                WireClient client = WireClient.connect(postfix.port())) {
            assertThat(client.reply()).startsWith("220");
            assertThat(client.ask("EHLO test")).startsWith("250");
            assertThat(client.ask("MAIL FROM:<a@a.test>")).startsWith("250");
            assertThat(client.ask("RCPT TO:<hanako@b.test>")).startsWith("554");
            assertThat(client.ask("RSET")).startsWith("250");
            assertThat(client.ask("AUTH PLAIN AGhhbmFrbwBwYXNz")).startsWith("235");
            assertThat(client.ask("MAIL FROM:<a@a.test>")).startsWith("250");
            assertThat(client.ask("RCPT TO:<hanako@b.test>")).startsWith("250");
            assertThat(client.ask("DATA")).startsWith("354");
            assertThat(client.ask(MAIL + ".")).startsWith("250");
            Eventually.within(
                    SOON,
                    () -> "it is in the inbox" + postfix.told() + dovecot.told(),
                    () -> dovecot.inbox("hanako").size() == 1);
        }
    }

    @Test
    void settingsAreTakenAndNothingRemainsAfterClose() {
        PostfixServer postfix =
                PostfixServer.discarding().set("message_size_limit", "4000").start();
        long pid = postfix.pid();
        List<String> replies;
        try (WireClient client = WireClient.connect(postfix.port())) {
            replies = List.of(client.reply(), client.ask("EHLO test"), client.ask("MAIL FROM:<a@a.test> SIZE=5000"));
        }
        postfix.close();
        assertThat(replies.getLast()).startsWith("552");
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
        assertThat(Ports.answers(postfix.port())).isFalse();
    }

    private static void submit(PostfixServer postfix) {
        try (WireClient client = WireClient.connect(postfix.port())) {
            assertThat(client.deliver("EHLO test", "a@a.test", "b@b.test", MAIL))
                    .startsWith("250");
        }
    }
}
