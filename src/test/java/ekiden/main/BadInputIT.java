package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad definitions, bad mails and bad requests, to one process that goes on. */
class BadInputIT {
    private static final String JOBNET = """
            version: 1
            jobnet: /test/%s
            start: {receive-mail: {profile: orders, subject: [%s]}}
            jobs:
              load: {command: [ls, "${start.attachments}"]}
            """;

    @TempDir
    private static Path folder;

    private static UpGround ground;

    @BeforeAll
    static void start() {
        ground = new UpGround(folder).settings(", max-size: 100KB").start();
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @Test
    void everythingThatIsWrongInADefinitionIsToldAtOnceWithItsLine() {
        ground.write("bad.yaml", """
                version: 1
                jobnet: /test/bad
                start: {receive-mail: {profile: ordres, form: [a@b.example]}}
                jobs:
                  a: {needs: [b], command: [./load.sh, "${start.atachments}"]}
                  b: {needs: [a], command: ["true"]}
                  c: {receive-mail: {profile: orders, subject: [x], save: {to: "../elsewhere"}}}
                  d: {needs: [nobody], command: [true]}
                """);
        for (String word : List.of("check", "define")) {
            UpGround.Said said = ground.cli("unit", word, "bad.yaml")
                    .refused(2, "EKDU0041-E", "EKDU0007-E", "EKDU0033-E", "EKDU0026-E", "EKDU0031-E", "EKDU0025-E");
            assertThat(said.err().lines())
                    .anyMatch(line -> line.matches("EKDU0041-E bad.yaml:3:\\d+: .*ordres.*orders.*"))
                    .anyMatch(line -> line.matches("EKDU0007-E bad.yaml:3:\\d+: .*form.*from.*"))
                    .anyMatch(line -> line.matches("EKDU0033-E bad.yaml:5:\\d+: .*start.attachments.*"))
                    .anyMatch(line -> line.matches("EKDU0026-E bad.yaml:6:\\d+: .*a → b → a.*"))
                    .anyMatch(line -> line.matches("EKDU0031-E bad.yaml:7:\\d+: .*\\.\\./elsewhere.*"))
                    .anyMatch(line -> line.matches("EKDU0025-E bad.yaml:8:\\d+: .*nobody.*"))
                    .anyMatch(line -> line.contains("ekiden explain"));
        }
        assertThat(ground.cli("unit", "list").text()).doesNotContain("/test/bad");
        assertThat(ground.cli("--lang", "ja", "unit", "check", "bad.yaml").err())
                .contains("ジョブの needs が循環しています");
    }

    @Test
    void whatIsNoYamlIsToldWithLineCauseAndNextStep() {
        ground.write("broken.yaml", "version: 1\njobnet: /test/broken\njobs:\n  a: [b\n");
        UpGround.Said said = ground.cli("unit", "define", "broken.yaml").refused(2, "EKDU0001-E");
        assertThat(said.err()).contains("broken.yaml:5:1", "Cause: ", "Next step: ");
        assertThat(ground.cli("--lang", "ja", "unit", "define", "broken.yaml").err())
                .contains("EKDU0001-E", "原因: ", "対処: ");
    }

    @Test
    void mailOverTheLimitGets552AndAnAlarmAndNothingOfItStays() throws IOException {
        String large = UpGround.mail("large", "\r\n" + ("x".repeat(70) + "\r\n").repeat(1_500));
        List<Path> before = spool();
        assertThat(ground.deliver(large)).startsWith("552 5.3.4");
        assertThat(spool()).isEqualTo(before);
        String alarms = ground.eventually("EKDM0110-W", "alarm", "list");
        UpGround.explained("EKDM0110-W");
        assertThat(alarms).contains("127.0.0.1", "102400", "Next step: ");
        ground.up().awaitLine("EKDM0110-W", UpGround.WITHIN);
        ground.cli("alarm", "clear", alarms.substring(0, alarms.indexOf(' '))).done();
        try (WireClient client = WireClient.connect(ground.port)) {
            client.reply();
            client.ask("EHLO test");
            assertThat(client.ask("MAIL FROM:<edi@customer.example> SIZE=102401"))
                    .startsWith("552 5.3.4");
        }
        ground.eventually("EKDM0110-W", "alarm", "list");
        assertThat(ground.read(ground.home.resolve("log/ekiden1.log"))).contains("EKDM0110-W");
        assertThat(ground.deliver(UpGround.mail("small", "\r\nafter the large one\r\n")))
                .startsWith("250");
    }

    private static List<Path> spool() throws IOException {
        try (Stream<Path> files = Files.walk(ground.home.resolve("spool"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void mailThatCannotBeReadIsKeptInQuarantineUntilItIsReleasedOrDropped() {
        String mail = UpGround.mail("headers", "X: 1\r\n".repeat(1_100) + "\r\nhello\r\n");
        String reply = ground.deliver(mail);
        assertThat(reply).startsWith("250 2.0.0 mail ");
        String number = reply.substring(reply.lastIndexOf(' ') + 1);
        assertThat(ground.cli("alarm", "list").text()).contains("EKDS0112-W Mail " + number + " ", "EKDM0204-E");
        UpGround.explained("EKDS0112-W");
        assertThat(ground.cli("mail", "quarantine", "list").text()).contains("EKDM0204-E");
        UpGround.Said shown =
                ground.cli("mail", "quarantine", "show", number).done().refused(0, "EKDM0204-E");
        assertThat(shown.err()).contains("Cause: ", "Next step: ");
        assertThat(ground.cli("mail", "show", number, "--raw").text().replace("\n", "\r\n") + "\r\n")
                // the client ends the last line once more
                .endsWith(mail + "\r\n");
        ground.cli("mail", "quarantine", "release", number).done();
        ground.eventually("EKDM0204-E", "mail", "quarantine", "list");
        assertThat(ground.cli("mail", "show", number, "--raw").text()).contains("hello");
        ground.cli("mail", "quarantine", "drop", number).done();
        ground.eventually("dropped", "mail", "list");
        assertThat(ground.cli("alarm", "list").text()).doesNotContain("EKDM0204-E");
        ground.cli("mail", "quarantine", "release", number).refused(2, "EKDS0104-E");
        ground.cli("mail", "quarantine", "show", "9999").refused(2, "EKDS0103-E");
    }

    @Test
    void attachmentsStayInTheirFolderUnderUsableNamesAndNoneIsLost() throws IOException {
        List<String> names = List.of(
                "../../outside.txt",
                "C:\\\\windows\\\\drive.txt",
                "a\u0001b\u0007c.txt",
                "CON.txt",
                "nul",
                "n".repeat(500) + ".csv",
                "same.txt",
                "same.txt",
                "SAME.TXT",
                "..",
                "",
                "/etc/absolute.txt");
        StringBuilder mail =
                new StringBuilder("MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n");
        for (int i = 0; i < names.size(); i++) {
            mail.append("--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"")
                    .append(names.get(i))
                    .append("\"\r\n\r\ncontent ")
                    .append(i)
                    .append("\r\n");
        }
        ground.define("names", JOBNET.formatted("names", "names"));
        assertThat(ground.deliver(UpGround.mail("names", mail + "--b--\r\n"))).startsWith("250");
        ground.eventually("/test/names#1", "run", "list");
        ground.ended("test/names#1", "Ended normally");
        List<String> saved = new ArrayList<>();
        List<String> contents = new ArrayList<>();
        for (String line : ground.cli("run", "log", "test/names#1").out()) {
            Path file = Path.of(line);
            assertThat(file.toRealPath().getParent())
                    .isEqualTo(ground.home.toRealPath().resolve("files/test/names/mail/1-start"));
            saved.add(file.getFileName().toString());
            contents.add(ground.read(file));
        }
        assertThat(contents)
                .hasSize(names.size())
                .doesNotHaveDuplicates()
                .allMatch(text -> text.startsWith("content "));
        assertThat(saved)
                .contains("outside.txt", "drive.txt", "absolute.txt", "same.txt")
                .doesNotContain("CON.txt", "nul", "..", "")
                .allMatch(name -> name.length() <= 200 && name.chars().noneMatch(Character::isISOControl));
        assertThat(saved.stream().map(name -> name.toLowerCase(Locale.ROOT))).doesNotHaveDuplicates();
    }

    @Test
    void requestsWithoutTheTokenOrFromElsewhereAreRefused() throws IOException {
        String token = ground.read(ground.home.resolve("token")).strip();
        String own = address();
        assertThat(ask(own, "Host: " + own, "Authorization: Bearer wrong"))
                .contains("401", "EKDC0001-E", "\"next\":\"");
        assertThat(ask(own, "Host: " + own)).contains("401", "EKDC0001-E");
        assertThat(ask(own, "Host: attacker.example", "Authorization: Bearer " + token))
                .contains("403", "EKDC0002-E", "\"cause\":\"");
        assertThat(ask(own, "Host: " + own, "Origin: http://attacker.example", "Authorization: Bearer " + token))
                .contains("403", "EKDC0003-E");
        assertThat(ask(own, "Host: " + own, "Authorization: Bearer " + token)).contains("200");
        List.of("EKDC0001-E", "EKDC0002-E", "EKDC0003-E").forEach(UpGround::explained);
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.copy(ground.home.resolve("address"), other.resolve("address"));
        Files.writeString(other.resolve("token"), "x".repeat(43) + "\n");
        assertThat(ground.run(List.of("run", "list", "--home", other.toString()))
                        .refused(7, "EKDC0001-E")
                        .err())
                .contains("Cause: ", "Next step: ");
    }

    /** The second line is the process id. */
    private static String address() {
        return ground.read(ground.home.resolve("address")).lines().findFirst().orElseThrow();
    }

    private static String ask(String address, String... headers) {
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        String request =
                "GET /api/v1/runs HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) UpGround.WITHIN.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void homeAndPortsOfARunningProcessAreRefusedToASecondOne() throws IOException {
        UpGround.Said second = ground.refuses().refused(7, "EKDB0043-E");
        assertThat(second.err()).contains("process " + ground.up().pid(), "Cause: ", "Next step: ");
        UpGround other = new UpGround(Files.createDirectory(folder.resolve("second")));
        other.write("home/ekiden.yaml", "version: 1\nlisten: " + address() + "\n");
        assertThat(other.refuses().refused(7, "EKDC0030-E").err()).contains("Cause: ", "Next step: ");
        other.write("home/ekiden.yaml", ground.read(ground.home.resolve("ekiden.yaml")));
        UpGround.Said mail = other.refuses("--lang", "ja").refused(7, "EKDM0100-E");
        assertThat(mail.err())
                .contains(String.valueOf(ground.port), "原因: ", "対処: ")
                .doesNotContain("{reason}");
        assertThat(ground.deliver(UpGround.mail("still here", "\r\nhello\r\n"))).startsWith("250");
    }
}
