package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.ScriptedSmtpServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose mails are files with values of the run. */
class TemplateUpIT {
    @TempDir
    private Path folder;

    @Test
    void filesAreFilledWhenTheMailIsSentAndAnUnknownValueSendsNothing() {
        UpGround ground = new UpGround(folder);
        try (ScriptedSmtpServer world = ScriptedSmtpServer.start();
                ground) {
            ground.settings("");
            ground.write(
                    "home/ekiden.yaml",
                    ground.read(ground.home.resolve("ekiden.yaml")) + "      send: {smtp: {host: 127.0.0.1, port: "
                            + world.port() + "}, from: orders@example.jp}\n");
            ground.write("report.txt", "Run ${run.number} of ${unit}: ${load.exit-code}\n");
            ground.write("report.html", "<p>${unit}</p>\n");
            ground.write("literal.txt", "${HOME} stays\n");
            ground.start().define("tell", """
                    version: 1
                    jobnet: /test/a&b
                    jobs:
                      load: {command: ["true"]}
                      tell:
                        needs: [load]
                        send-mail: {profile: orders, to: [a@there.example], text-template: report.txt, html-template: report.html}
                      literal:
                        needs: [tell]
                        send-mail: {profile: orders, to: [a@there.example], text-file: literal.txt}
                      wrong:
                        needs: [literal]
                        send-mail: {profile: orders, to: [a@there.example], text-template: literal.txt}
                    """);
            ground.cli("run", "start", "test/a&b").done();
            ground.ended("test/a&b#1", "Ended abnormally");
            assertThat(ground.cli("run", "show", "test/a&b#1").toString()).contains("EKDM0678-E", "HOME", "run.number");
            assertThat(world.delivered()).hasSize(2);
            assertThat(world.delivered().getFirst().content())
                    .contains("Run 1 of /test/a&b: 0\r\n", "<p>/test/a&amp;b</p>");
            assertThat(world.delivered().getLast().content()).contains("${HOME} stays");
        }
    }
}
