package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.Eventually;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.WireClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail starts a run, and what the run sends is an answer to it. */
class ReplyUpIT {
    private static final String JOBNET = """
            version: 1
            jobnet: /test/reply
            start: {receive-mail: {profile: orders, subject: [order]}}
            jobs:
              reply: {send-mail: {profile: orders, to: ["${start.from}"], subject: "Re: ${start.subject}", text: taken}}
            """;

    @TempDir
    private Path folder;

    @Test
    void theAnswerStandsInTheThreadAndGoesAlsoWhereTheIdOfTheMailIsNone() {
        UpGround ground = new UpGround(folder);
        try (ScriptedSmtpServer world = ScriptedSmtpServer.start();
                ground) {
            ground.settings("");
            ground.write(
                    "home/ekiden.yaml",
                    ground.read(ground.home.resolve("ekiden.yaml")) + "      send: {smtp: {host: 127.0.0.1, port: "
                            + world.port() + "}, from: orders@example.jp}\n");
            ground.start().define("reply", JOBNET);
            come(ground, "Message-ID: <3@x.example>\r\nReferences: <1@x.example>\r\n <2@x.example>\r\n");
            come(ground, "Message-ID: <not an id>\r\nIn-Reply-To: <2@x.example>\r\n");
            Eventually.within(
                    UpGround.WITHIN,
                    () -> ground.cli("run", "list").toString(),
                    () -> world.delivered().size() == 2);
            String all = world.delivered().get(0).content()
                    + world.delivered().get(1).content();
            assertThat(all)
                    .contains(
                            "\r\nIn-Reply-To: <3@x.example>\r\n",
                            "\r\nReferences: <1@x.example> <2@x.example> <3@x.example>\r\n",
                            "\r\nReferences: <2@x.example>\r\n");
            assertThat(all.split("\r\nIn-Reply-To:", -1)).hasSize(2);
        }
    }

    private static void come(UpGround ground, String fields) {
        try (WireClient client = WireClient.connect(ground.port)) {
            assertThat(client.deliver(
                            "EHLO test",
                            "a@x.example",
                            "orders@localhost",
                            "From: a@x.example\r\nSubject: order\r\n" + fields + "\r\ntext\r\n"))
                    .startsWith("250");
        }
    }
}
