package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.ScriptedSmtpServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job whose mail cannot be written in the character set that its recipients should get. */
class OtherCharsetUpIT {
    @TempDir
    private Path folder;

    @Test
    void thatAMailIsInUtf8InsteadIsToldAtItsJob() {
        UpGround ground = new UpGround(folder);
        try (ScriptedSmtpServer world = ScriptedSmtpServer.start();
                ground) {
            ground.settings("");
            ground.write(
                    "home/ekiden.yaml",
                    ground.read(ground.home.resolve("ekiden.yaml")) + "      send: {smtp: {host: 127.0.0.1, port: "
                            + world.port() + "}, from: orders@example.jp, charset: iso-2022-jp}\n");
            ground.start().define("tell", """
                    version: 1
                    jobnet: /test/tell
                    jobs:
                      right:
                        send-mail: {profile: orders, to: [a@there.example], subject: 件名, text: 本文}
                      other:
                        needs: [right]
                        send-mail: {profile: orders, to: [a@there.example], subject: 髙い, text: 本文}
                    """);
            ground.cli("run", "start", "test/tell").done();
            ground.ended("test/tell#1", "Ended normally");
            assertThat(world.delivered().getFirst().content()).contains("charset=ISO-2022-JP");
            assertThat(world.delivered().getLast().content()).contains("charset=UTF-8");
            assertThat(ground.cli("run", "show", "test/tell#1", "--json").text().split("EKDM0677-W", -1))
                    .hasSize(2);
            assertThat(ground.cli("run", "show", "test/tell#1").toString())
                    .contains("EKDM0677-W", "iso-2022-jp", "U+9AD9");
        }
    }
}
