package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.Delivered;
import ekiden.testing.Eventually;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What became of a mail is told truly, and what a person or time can mend is mended: on the running product, at a server that does what is worst. */
class SendResultsIT {
    private static final String JOBNET = """
            version: 1
            jobnet: /test/notice
            overlap: allow
            jobs:
              tell:
                send-mail: {profile: orders, to: [boss@example.jp], subject: done, text: all done}
              after: {needs: [tell], command: ["true"]}
            """;

    @TempDir
    private Path folder;

    private UpGround up(ScriptedSmtpServer server) {
        return up(server, "1s");
    }

    private UpGround up(ScriptedSmtpServer server, String interval) {
        UpGround ground = new UpGround(folder);
        ground.settings("", "limits: {send-retry-interval: " + interval + "}");
        ground.write(
                "home/ekiden.yaml",
                ground.read(ground.home.resolve("ekiden.yaml")) + "      send: {smtp: {host: 127.0.0.1, port: "
                        + server.port() + "}, from: orders@example.jp}\n");
        ground.start().define("notice", JOBNET);
        return ground;
    }

    private static String messageId(Delivered mail) {
        return mail.content()
                .lines()
                .filter(line -> line.startsWith("Message-ID: "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void uncertainMailIsSentAgainOnlyOnAPersonsWordAndKeepsItsMessageId() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
                UpGround ground = up(server.on(Step.END_OF_DATA, "", 1, new Act.TakeAndDrop()))) {
            assertThat(ground.cli("run", "start", "test/notice", "--wait").exit())
                    .isEqualTo(5);
            assertThat(ground.cli("alarm", "list").text()).contains("EKDS0002-E");
            UpGround.Said plain = ground.cli("run", "rerun", "test/notice#1");
            assertThat(plain.exit()).isEqualTo(5);
            assertThat(plain.err()).contains("EKDS0120-E");
            assertThat(server.delivered()).hasSize(1);
            UpGround.Said both = ground.cli("run", "rerun", "test/notice#1", "--resend", "--assume-sent");
            assertThat(both.exit()).isEqualTo(2);
            UpGround.Said again = ground.cli("run", "rerun", "test/notice#1", "tell", "--resend", "--wait");
            assertThat(again.exit()).as("%s", again).isZero();
            List<Delivered> mails = server.delivered();
            assertThat(mails).hasSize(2);
            assertThat(messageId(mails.getFirst())).isEqualTo(messageId(mails.getLast()));
            assertThat(ground.cli("alarm", "list").text()).doesNotContain("EKDS0002-E");
            ground.ended("test/notice#1", "Ended normally");
            UpGround.Said nothing = ground.cli("run", "rerun", "test/notice#1");
            assertThat(nothing.exit()).isEqualTo(2);
            assertThat(nothing.err()).contains("EKDS0118-E");
        }
    }

    @Test
    void mailThatAPersonSaysArrivedCountsAsSentAndWhatWaitedForItFollows() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
                UpGround ground = up(server.on(Step.END_OF_DATA, "", 1, new Act.TakeAndDrop()))) {
            assertThat(ground.cli("run", "start", "test/notice", "--wait").exit())
                    .isEqualTo(5);
            UpGround.Said assumed = ground.cli("run", "rerun", "test/notice#1", "--assume-sent", "--wait");
            assertThat(assumed.exit()).as("%s", assumed).isZero();
            assertThat(server.delivered()).hasSize(1);
            assertThat(ground.cli("run", "show", "test/notice#1").err()).contains("EKDS0009-I");
            assertThat(ground.cli("run", "watch", "test/notice#1").text()).contains("counts as sent");
        }
    }

    /** Who looks while a server is away sees that the mail is not sent, why, and when it is tried again. */
    @Test
    void mailThatIsTriedAgainLaterIsSeenInTheRunAlsoAfterTheProcessWasKilled() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
                UpGround ground = up(server.on(Step.MAIL, "", 2, new Act.Say("451 later")), "1h")) {
            assertThat(ground.cli("run", "start", "test/notice").exit()).isZero();
            Eventually.within(
                    UpGround.WITHIN,
                    () -> ground.cli("run", "show", "test/notice#1").toString(),
                    () -> ground.cli("run", "show", "test/notice#1").err().contains("EKDA0036-W"));
            ground.kill();
            ground.start();
            UpGround.Said shown = ground.cli("run", "show", "test/notice#1");
            assertThat(shown.text()).contains("Now running");
            assertThat(shown.err()).contains("EKDA0036-W").contains("451 later");
            assertThat(server.lines().stream().filter(line -> line.startsWith("MAIL")))
                    .hasSize(1);
            assertThat(ground.cli("run", "kill", "test/notice#1").exit()).isZero();
            ground.ended("test/notice#1", "Killed");
            assertThat(server.delivered()).isEmpty();
        }
    }

    @Test
    void whoWasPutOffGetsTheMailLaterAndTheOthersOnlyOnce() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
                UpGround ground = up(server.on(Step.RCPT, "grey@", 1, new Act.Say("450 4.2.0 greylisted"))
                        .on(Step.RCPT, "gone@", 9, new Act.Say("550 5.1.1 nobody")))) {
            ground.define("notice", JOBNET.replace("[boss@", "[gone@example.jp, grey@example.jp, boss@"));
            assertThat(ground.cli("run", "start", "test/notice", "--wait").exit())
                    .isEqualTo(1);
            assertThat(server.delivered())
                    .extracting(Delivered::recipients)
                    .containsExactly(List.of("boss@example.jp"), List.of("grey@example.jp"));
            assertThat(messageId(server.delivered().getFirst()))
                    .isEqualTo(messageId(server.delivered().getLast()));
            UpGround.Said shown = ground.cli("run", "show", "test/notice#1");
            assertThat(shown.text()).contains("Ended with warning");
            assertThat(shown.err()).contains("gone@example.jp");
        }
    }

    @Test
    void refusedMailIsSentByAPlainRerunAlsoAfterTheProcessWasKilled() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start();
                UpGround ground = up(server.on(Step.MAIL, "", 1, new Act.Say("550 not you")))) {
            assertThat(ground.cli("run", "start", "test/notice", "--wait").exit())
                    .isEqualTo(4);
            ground.kill();
            ground.start();
            assertThat(ground.cli("run", "rerun", "test/notice#1", "--resend").err())
                    .contains("EKDS0118-E");
            assertThat(ground.cli("run", "rerun", "test/notice#1", "tell", "--assume-sent")
                            .err())
                    .contains("EKDS0121-E");
            assertThat(ground.cli("run", "rerun", "test/notice#1", "nobody").err())
                    .contains("EKDS0119-E");
            assertThat(ground.cli("run", "rerun", "test/notice#1", "--wait").exit())
                    .isZero();
            assertThat(server.delivered()).hasSize(1);
        }
    }
}
