package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.testing.Delivered;
import ekiden.testing.Eventually;
import ekiden.testing.PostfixServer;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import ekiden.testing.WireClient;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that hand their mails to the mail command of a real Postfix, on the running product. */
class SendmailJobIT {
    private static final String JOBNET = """
            version: 1
            jobnet: /test/notice
            overlap: allow
            jobs:
              tell:
                send-mail: {profile: orders, to: [boss@x.example], subject: done, text: all done%s}
            """;

    @TempDir
    private Path folder;

    private UpGround up(PostfixServer postfix, String more) {
        return up(postfix, ", log: '" + postfix.log() + "'", more);
    }

    private UpGround up(PostfixServer postfix, String settings, String more) {
        UpGround ground = new UpGround(folder);
        ground.settings("", "limits: {send-retry-interval: 1s}");
        ground.write(
                "home/ekiden.yaml",
                ground.read(ground.home.resolve("ekiden.yaml")) + "      send: {sendmail: {path: '" + postfix.sendmail()
                        + "'" + settings + "}, from: orders@example.jp, sent-copy: {maildir: copies}}\n");
        ground.start().define("notice", JOBNET.formatted(more));
        return ground;
    }

    private static void waits(UpGround ground, PostfixServer postfix) {
        Eventually.within(
                UpGround.WITHIN,
                () -> ground.cli("mail", "outbox") + postfix.told(),
                () -> ground.cli("mail", "outbox").text().contains("451 4.3.0 not before noon"));
    }

    @Test
    void mailIsSeenInTheOutboxUntilItLeavesAlsoWhenTheProcessIsKilledMeanwhile() {
        try (ScriptedSmtpServer next = ScriptedSmtpServer.start();
                PostfixServer postfix = PostfixServer.smtpTo(new HostPort("127.0.0.1", next.port()))
                        .start();
                UpGround ground = up(postfix, "")) {
            next.on(Step.RCPT, "boss@", 1_000, new Act.Say("451 4.3.0 not before noon"));
            assertThat(ground.cli("profile", "test", "orders").exit()).isZero();
            assertThat(ground.cli("mail", "outbox", "--json").out()).isEmpty();
            assertThat(ground.cli("run", "start", "test/notice").exit()).isZero();
            waits(ground, postfix);
            assertThat(ground.cli("mail", "outbox", "--json").text())
                    .contains("\"job\":\"tell\"")
                    .contains("EKDA0045-I");
            ground.kill();
            ground.start();
            waits(ground, postfix);
            assertThat(ground.cli("run", "show", "test/notice#1").text()).contains("Now running");

            next.obey();
            ground.ended("test/notice#1", "Ended normally");
            assertThat(next.delivered()).hasSize(1);
            assertThat(ground.cli("mail", "outbox", "--json").out()).isEmpty();
        }
    }

    @Test
    void mailThatComesBackEndsItsJobAbnormallyWithTheWordsOfTheNextServer() {
        try (PostfixServer postfix = PostfixServer.discarding()
                        .set("transport_maps", "inline:{{boss@x.example = error:5.1.1 nobody of that name}}")
                        .start();
                UpGround ground = up(postfix, "")) {
            assertThat(ground.cli("run", "start", "test/notice", "--wait").exit())
                    .isEqualTo(4);
            ground.ended("test/notice#1", "Ended abnormally");
            assertThat(ground.cli("run", "show", "test/notice#1").err())
                    .contains("EKDA0049-E")
                    .contains("nobody of that name");
        }
    }

    @Test
    void withoutALogNoticesOfDeliveryShowThatTheMailLeft() {
        try (ScriptedSmtpServer next = ScriptedSmtpServer.start();
                PostfixServer postfix = PostfixServer.smtpTo(new HostPort("127.0.0.1", next.port()))
                        .start();
                UpGround ground = up(postfix, ", notify: [failure, success]", ", on-bounce: /test/notice")) {
            assertThat(ground.cli("run", "start", "test/notice").exit()).isZero();
            Eventually.within(UpGround.WITHIN, postfix::told, () -> notice(next) != null);
            assertThat(ground.cli("run", "show", "test/notice#1").text()).contains("Now running");

            Delivered notice = Objects.requireNonNull(notice(next));
            try (WireClient client = WireClient.connect(ground.port)) {
                assertThat(client.deliver("EHLO test", "", "orders@localhost", notice.content()))
                        .startsWith("250");
            }
            ground.ended("test/notice#1", "Ended normally");
            assertThat(ground.cli("run", "show", "test/notice#1").text()).contains("boss@x.example", "handed on");
            assertThat(ground.cli("run", "show", "test/notice#1", "--json").text())
                    .contains("\"RELAYED\"");
            assertThat(ground.cli("run", "list").text()).doesNotContain("test/notice#2");
        }
    }

    private static @Nullable Delivered notice(ScriptedSmtpServer next) {
        return next.delivered().stream()
                .filter(one -> one.sender().isEmpty())
                .findFirst()
                .orElse(null);
    }

    @Test
    void killLeavesTheMailUncertainAndQueuedIsTheEndWhereTheJobSaysSo() {
        try (ScriptedSmtpServer next = ScriptedSmtpServer.start();
                PostfixServer postfix = PostfixServer.smtpTo(new HostPort("127.0.0.1", next.port()))
                        .start();
                UpGround ground = up(postfix, "")) {
            next.on(Step.RCPT, "boss@", 1_000, new Act.Say("451 4.3.0 not before noon"));
            assertThat(ground.cli("run", "start", "test/notice").exit()).isZero();
            waits(ground, postfix);
            assertThat(ground.cli("run", "kill", "test/notice#1").exit()).isZero();
            Eventually.within(
                    UpGround.WITHIN,
                    () -> ground.cli("run", "show", "test/notice#1").toString(),
                    () -> ground.cli("run", "show", "test/notice#1").text().contains("Delivery uncertain"));
            assertThat(ground.cli("run", "show", "test/notice#1").err()).contains("EKDA0048-E");

            ground.define("notice", JOBNET.formatted(", ends-at: queued"));
            assertThat(ground.cli("run", "start", "test/notice", "--wait").exit())
                    .isZero();
            assertThat(next.delivered()).isEmpty();
        }
    }
}
