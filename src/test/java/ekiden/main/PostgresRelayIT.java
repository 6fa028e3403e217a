package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.Eventually;
import ekiden.testing.PostgresServer;
import ekiden.testing.ScriptedSmtpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole relay with PostgreSQL as store, which is restarted in the middle. */
class PostgresRelayIT {
    private static final String JOBNET = """
            version: 1
            jobnet: /test/orders
            start: {receive-mail: {profile: orders, from: [edi@customer.example]}}
            overlap: allow
            jobs:
              load: {command: [./load.sh]}
              reply:
                needs: [load]
                send-mail: {profile: orders, to: ["${start.from}"], subject: "Re: ${start.subject}", text: Thank you.}
            """;

    @TempDir
    private Path folder;

    @Test
    void relayGoesOnAfterTheDatabaseServerWasRestartedInItsMiddle() {
        UpGround ground = new UpGround(folder);
        try (ScriptedSmtpServer customer = ScriptedSmtpServer.start();
                PostgresServer server = PostgresServer.start();
                ground) {
            String database = server.newDatabase().replaceAll("^jdbc:postgresql://|\\?.*", "");
            ground.settings("", "store: {url: \"postgres://" + database + "\", user: ekiden}");
            ground.write(
                    "home/ekiden.yaml",
                    ground.read(ground.home.resolve("ekiden.yaml")) + "      send: {smtp: {host: 127.0.0.1, port: "
                            + customer.port() + "}, from: orders@example.jp}\n");
            ground.program(
                    "load.sh",
                    "#!/bin/sh\necho began >>'FOLDER/began'\nuntil [ -e 'FOLDER/go' ]; do sleep 0.05; done\n"
                            .replace("FOLDER", folder.toString()));
            ground.start().define("orders", JOBNET);
            assertThat(ground.home.resolve("ekiden.db")).doesNotExist();
            assertThat(ground.deliver(UpGround.mail("before", "\r\nbefore\r\n")))
                    .startsWith("250");
            Eventually.within(UpGround.WITHIN, () -> Files.exists(folder.resolve("began")));
            server.crash();
            ground.write("go", "");
            Eventually.within(
                    UpGround.WITHIN,
                    ground.up()::told,
                    () -> ground.up().lines().stream().anyMatch(line -> line.contains("EKDD0003-E")));
            server.startAgain();
            ground.ended("test/orders#1", "Ended normally");
            assertThat(ground.deliver(UpGround.mail("after", "\r\nafter\r\n"))).startsWith("250");
            ground.eventually("/test/orders#2", "run", "list");
            ground.ended("test/orders#2", "Ended normally");
            Eventually.within(UpGround.WITHIN, () -> customer.delivered().size() == 2);
            assertThat(ground.read(folder.resolve("began"))).isEqualTo("began\nbegan\n");
            assertThat(ground.cli("run", "list", "--json").out()).hasSize(2);
            ground.eventually("No alarms", "alarm", "list");
            assertThat(ground.cli("alarm", "list", "--all").text()).contains("EKDD0003-E");
        }
    }
}
