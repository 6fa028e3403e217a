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

/** A real Postfix takes a mail, cannot deliver it to one, and says so; the process finds that in the mailbox it watches. */
class BounceUpIT {
    private static final String JOBNET = """
            version: 1
            jobnet: /test/notice
            jobs:
              tell:
                send-mail:
                  profile: orders
                  to: [one@there.example, nobody@there.example]
                  subject: Notice
                  text: Hello.
                  on-bounce: /test/back
            """;
    private static final String BACK = """
            version: 1
            jobnet: /test/back
            jobs:
              tell:
                command: [echo, "${bounce.code}", "${bounce.recipients}", "of", "${bounce.run}", "${bounce.job}", "${bounce.text}"]
            """;

    @TempDir
    private Path folder;

    @Test
    void whatComesBackIsShownAtTheJobThatSentTheMail() {
        UpGround ground = new UpGround(folder);
        try (ScriptedSmtpServer world = ScriptedSmtpServer.start()
                        .on(Step.RCPT, "<nobody@", Integer.MAX_VALUE, new Act.Say("550 5.1.1 nobody of that name"));
                PostfixServer out = PostfixServer.smtpTo(new HostPort("127.0.0.1", world.port()))
                        .start();
                ground) {
            ground.settings("");
            ground.write(
                    "home/ekiden.yaml",
                    ground.read(ground.home.resolve("ekiden.yaml")) + "      send: {smtp: {host: 127.0.0.1, port: "
                            + out.port() + "}, from: orders@example.jp}\n");
            ground.write("notice.yaml", JOBNET);
            ground.start().cli("unit", "define", "notice.yaml").refused(2, "EKDM0676-E");
            ground.cli("unit", "check", "notice.yaml").refused(2, "EKDM0676-E");
            ground.define("back", BACK);
            ground.define("notice", JOBNET);
            ground.cli("run", "start", "test/notice").done();
            ground.ended("test/notice#1", "Ended normally");
            Eventually.within(UpGround.WITHIN, out::told, () -> bounce(world) != null);
            String bounce = Objects.requireNonNull(bounce(world)).content();
            for (int i = 0; i < 2; i++) {
                try (WireClient client = WireClient.connect(ground.port)) {
                    assertThat(client.deliver("EHLO test", "", "orders@localhost", bounce))
                            .startsWith("250");
                }
            }
            String shown = ground.eventually("nobody of that name", "run", "show", "test/notice#1");
            assertThat(shown).contains("nobody@there.example", "5.1.1", "Ended normally");
            assertThat(ground.cli("run", "show", "test/notice#1", "--json")
                            .text()
                            .split("\"FAILED\"", -1))
                    .hasSize(2);
            ground.ended("test/back#1", "Ended normally");
            assertThat(ground.cli("run", "log", "test/back#1", "tell").text())
                    .contains("5.1.1 nobody@there.example of /test/notice#1 tell", "nobody of that name");
            assertThat(ground.cli("run", "show", "test/back#1").text()).contains("/test/notice#1 tell ");
            assertThat(ground.cli("run", "list").text()).contains("test/back#1").doesNotContain("test/back#2");
        }
    }

    private static @Nullable Delivered bounce(ScriptedSmtpServer world) {
        return world.delivered().stream()
                .filter(one -> one.sender().isEmpty())
                .findFirst()
                .orElse(null);
    }
}
