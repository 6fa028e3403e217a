package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.testing.Delivered;
import ekiden.testing.Eventually;
import ekiden.testing.PostfixServer;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.WireClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole relay between two Postfix: one delivers to the process by LMTP, one takes its reply by SMTP. */
class PostfixRelayIT {
    private static final String MIME = """
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            order
            --b
            Content-Type: text/csv; name=order.csv
            Content-Disposition: attachment; filename=order.csv

            item,3
            --b--
            """.replace("\n", "\r\n");

    private static final String JOBNET = """
            version: 1
            jobnet: /test/orders
            start: {receive-mail: {profile: orders, from: [edi@customer.example]}}
            overlap: allow
            jobs:
              load: {command: [cat, "${start.attachments}"]}
              reply:
                needs: [load]
                send-mail: {profile: orders, to: ["${start.from}"], subject: "Re: ${start.subject}", text: Thank you.}
            """;

    @TempDir
    private Path folder;

    @Test
    void mailsThatPostfixDeliversEachStartOneRunAlsoWhenTheProcessIsKilledMeanwhile() {
        UpGround ground = new UpGround(folder);
        try (ScriptedSmtpServer customer = ScriptedSmtpServer.start();
                PostfixServer out = PostfixServer.smtpTo(new HostPort("127.0.0.1", customer.port()))
                        .start();
                PostfixServer in = PostfixServer.lmtpTo(new HostPort("127.0.0.1", ground.port))
                        .start();
                ground) {
            ground.settings(", protocol: lmtp", "limits: {send-retry-interval: 1s}");
            ground.write(
                    "home/ekiden.yaml",
                    ground.read(ground.home.resolve("ekiden.yaml")) + "      send: {smtp: {host: 127.0.0.1, port: "
                            + out.port() + "}, from: orders@example.jp}\n");
            ground.start().define("orders", JOBNET);
            submit(in, "order 1");
            ground.eventually("/test/orders#1", "run", "list");
            ground.ended("test/orders#1", "Ended normally");
            assertThat(ground.cli("run", "log", "test/orders#1", "load").text()).isEqualTo("item,3");
            replies(customer, out, 1);
            ground.kill();
            submit(in, "order 2");
            Eventually.within(UpGround.WITHIN, in::told, () -> in.told().contains("status=deferred"));
            ground.start();
            submit(in, "order 3");
            Eventually.within(UpGround.WITHIN, in::told, () -> in.told().split("status=sent").length > 2);
            ground.kill();
            ground.start();
            List<String> told = replies(customer, out, 3);
            assertThat(told).containsExactlyInAnyOrder("Re: order 1", "Re: order 2", "Re: order 3");
            Eventually.within(UpGround.WITHIN, in::told, () -> in.waiting() == 0);
            for (int run = 1; run <= 3; run++) {
                ground.ended("test/orders#" + run, "Ended normally");
            }
            assertThat(ground.cli("run", "list", "--json").out()).hasSize(3);
            assertThat(ground.cli("mail", "list", "--json").out()).hasSize(3);
            assertThat(customer.delivered()).hasSize(3);
        }
    }

    private static void submit(PostfixServer postfix, String subject) {
        try (WireClient client = WireClient.connect(postfix.port())) {
            String mail = UpGround.mail(subject, MIME);
            assertThat(client.deliver("EHLO test", "edi@customer.example", "orders@localhost", mail))
                    .startsWith("250");
        }
    }

    private static List<String> replies(ScriptedSmtpServer customer, PostfixServer out, int count) {
        Eventually.within(UpGround.WITHIN, out::told, () -> customer.delivered().size() >= count);
        return customer.delivered().stream()
                .map(Delivered::content)
                .map(content -> content.lines()
                        .filter(line -> line.startsWith("Subject: "))
                        .findFirst()
                        .orElseThrow()
                        .substring("Subject: ".length()))
                .toList();
    }
}
