package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import ekiden.cli.MailServer;
import ekiden.cli.SendRequest;
import ekiden.json.Json;
import ekiden.mail.profile.MailCharset;
import ekiden.model.definition.IfRefused;
import ekiden.model.definition.MailExtras;
import ekiden.testing.Ports;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import ekiden.testing.TestTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendMailCommandTest {
    @TempDir
    private Path folder;

    private Call call = new Call(Path.of("/"));

    @BeforeEach
    void begin() {
        call = new Call(folder);
    }

    private SendRequest.Mail mail(List<String> to, String text, Path... attach) {
        return new SendRequest.Mail(to, List.of(), List.of(), "件名", text, null, List.of(attach), MailExtras.NONE);
    }

    private ExitCode send(MailServer server, @Nullable String from, SendRequest.Mail mail, boolean json) {
        SendRequest request = new SendRequest(folder, server, from, null, null, mail, null, json, Locale.ENGLISH);
        return new SendMailCommand().run(request, call.terminal());
    }

    private static MailServer.Url url(String url) {
        return new MailServer.Url(url, null, false);
    }

    private Map<String, Object> printed() {
        assertThat(call.out()).hasSize(1);
        return Json.readMap(call.out().getFirst());
    }

    @Test
    void aServerThatIsNotThere() {
        int port = Ports.free();
        ExitCode code = send(url("smtp://127.0.0.1:" + port), "a@example.jp", mail(List.of("b@example.jp"), "x"), true);
        assertThat(code).isEqualTo(ExitCode.NOT_REACHABLE);
        assertThat(printed())
                .containsEntry("outcome", "failed")
                .containsKey("messageId")
                .containsEntry("reply", null);
        assertThat(call.err()).contains("EKDM0500-E").doesNotContain("{");
    }

    @Test
    void aServerThatRefusesTheMail() {
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.start().on(Step.END_OF_DATA, new Act.Say("554 5.7.1 no thank you"))) {
            ExitCode code = send(
                    url("smtp://localhost:" + server.port()), "a@example.jp", mail(List.of("b@example.jp"), "x"), true);
            assertThat(code).isEqualTo(ExitCode.REFUSED);
            assertThat(printed()).containsEntry("outcome", "refused").containsEntry("reply", "554 5.7.1 no thank you");
        }
    }

    @Test
    void someRecipientsRefused() {
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.start().on(Step.RCPT, "bad@", 9, new Act.Say("550 5.1.1 nobody"))) {
            ExitCode code = send(
                    url("smtp://localhost:" + server.port()),
                    "a@example.jp",
                    mail(List.of("b@example.jp", "bad@example.jp"), "x"),
                    true);
            assertThat(code).isEqualTo(ExitCode.WARNING);
            assertThat(printed()).containsEntry("outcome", "some-refused");
            assertThat(String.valueOf(printed().get("refused"))).contains("bad@example.jp", "550");
            assertThat(call.err()).contains("EKDM0527-W");
        }
    }

    @Test
    void theAnswerToTheEndIsLost() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start().on(Step.END_OF_DATA, new Act.TakeAndDrop())) {
            ExitCode code = send(
                    url("smtp://localhost:" + server.port()), "a@example.jp", mail(List.of("b@example.jp"), "x"), true);
            assertThat(code).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(printed()).containsEntry("outcome", "uncertain");
        }
    }

    @Test
    void aMailThatMayHaveBeenDeliveredIsTellableByItsMessageId() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start().on(Step.END_OF_DATA, new Act.TakeAndDrop())) {
            ExitCode code = send(
                    url("smtp://localhost:" + server.port()),
                    "a@example.jp",
                    mail(List.of("b@example.jp"), "x"),
                    false);
            assertThat(code).isEqualTo(ExitCode.UNCERTAIN);
            assertThat(call.out()).isEmpty();
            assertThat(call.err())
                    .contains("EKDM0510-E", "the same mail send")
                    .containsPattern("EKDM0698-E The mail with the Message-ID <[0-9a-f-]{36}@example.jp> may");
        }
    }

    @Test
    void aCallThatIsAskedToEndBeforeTheMailIsWithTheServerSendsNothing() {
        AskedToEnd asked = AskedToEnd.never();
        asked.ask();
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            MailServer at = url("smtp://localhost:" + server.port());
            SendRequest request = new SendRequest(
                    folder,
                    at,
                    "a@example.jp",
                    null,
                    null,
                    mail(List.of("b@example.jp"), "x"),
                    null,
                    true,
                    Locale.ENGLISH);
            assertThat(new SendMailCommand(() -> asked).run(request, call.terminal()))
                    .isEqualTo(ExitCode.STOPPED);
            assertThat(server.delivered()).isEmpty();
            assertThat(call.out()).isEmpty();
        }
    }

    @Test
    void aWordForPeopleWhenAllWentWell() throws IOException {
        Path attached = Files.writeString(folder.resolve("注文.csv"), "a,b\n");
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            ExitCode code = send(
                    url("smtp://localhost:" + server.port()),
                    "営業 <a@example.jp>",
                    mail(List.of("b@example.jp"), "本文", attached),
                    false);
            assertThat(code).isEqualTo(ExitCode.DONE);
            assertThat(call.out()).singleElement().asString().contains("accepted the mail", "@example.jp>");
            assertThat(call.err()).isEmpty();
            assertThat(server.delivered()).hasSize(1);
        }
    }

    @Test
    void nameThatIsAmbiguousKeepsAllFromGettingTheMail() throws IOException {
        books();
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            ExitCode code = send(
                    url("smtp://localhost:" + server.port()),
                    "a@example.jp",
                    mail(List.of("b@example.jp", "鈴木"), "x"),
                    true);
            assertThat(code).isEqualTo(ExitCode.USAGE);
            assertThat(printed()).containsEntry("outcome", "failed");
            assertThat(call.err()).contains("EKDM0352-E", "s1@example.jp", "s2@example.jp");
            assertThat(server.delivered()).isEmpty();
        }
    }

    @Test
    void namesAreLookedUpInTheBooksOfTheHome() throws IOException {
        books();
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            ExitCode code = send(
                    url("smtp://localhost:" + server.port()),
                    "a@example.jp",
                    mail(List.of("山田太郎", "b@example.jp"), "x"),
                    true);
            assertThat(code).isEqualTo(ExitCode.DONE);
            assertThat(server.delivered()).hasSize(1);
            assertThat(server.delivered().getFirst().recipients()).containsExactly("taro@example.jp", "b@example.jp");
            assertThat(String.valueOf(printed().get("names"))).contains("山田太郎", "山田 太郎", "taro@example.jp", "own");
        }
    }

    private void books() throws IOException {
        Files.writeString(
                folder.resolve("ekiden.yaml"), "version: 1\nmail: {address-books: [{name: own, csv: own.csv}]}\n");
        Files.writeString(
                folder.resolve("own.csv"), "name,email\n山田 太郎,taro@example.jp\n鈴木,s1@example.jp\n鈴木,s2@example.jp\n");
    }

    @Test
    void characterSetByRequest() throws IOException {
        Path attached = Files.writeString(folder.resolve("注文.csv"), "a,b\n");
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            SendRequest request = new SendRequest(
                    folder,
                    url("smtp://localhost:" + server.port()),
                    "営業 <a@example.jp>",
                    MailCharset.ISO_2022_JP,
                    null,
                    mail(List.of("b@example.jp"), "本文", attached),
                    null,
                    false,
                    Locale.ENGLISH);
            assertThat(new SendMailCommand().run(request, call.terminal())).isEqualTo(ExitCode.DONE);
            assertThat(server.delivered().getFirst().content())
                    .contains(
                            "Subject: =?ISO-2022-JP?B?GyRCN29MPhsoQg==?=",
                            "charset=ISO-2022-JP",
                            "\u001b$BK\\J8\u001b(B");
        }
    }

    @Test
    void aCharacterThatTheWantedCharacterSetHasNotIsToldAndNotLost() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            SendRequest request = new SendRequest(
                    folder,
                    url("smtp://localhost:" + server.port()),
                    "a@example.jp",
                    MailCharset.ISO_2022_JP,
                    null,
                    mail(List.of("b@example.jp"), "髙い"),
                    null,
                    true,
                    Locale.ENGLISH);
            assertThat(new SendMailCommand().run(request, call.terminal())).isEqualTo(ExitCode.DONE);
            assertThat(call.err()).startsWith("EKDM0677-W ").contains("iso-2022-jp", "U+9AD9");
            assertThat(String.valueOf(printed().get("note"))).contains("EKDM0677-W");
            assertThat(server.delivered().getFirst().content()).contains("charset=UTF-8");
        }
    }

    @Test
    void allOrNothingByRequest() {
        try (ScriptedSmtpServer server =
                ScriptedSmtpServer.start().on(Step.RCPT, "<x@", Integer.MAX_VALUE, new Act.Say("450 4.2.1 not now"))) {
            SendRequest request = new SendRequest(
                    folder,
                    url("smtp://localhost:" + server.port()),
                    "a@example.jp",
                    null,
                    IfRefused.ALL_OR_NOTHING,
                    mail(List.of("b@example.jp", "x@example.jp"), "text"),
                    null,
                    true,
                    Locale.ENGLISH);
            assertThat(new SendMailCommand().run(request, call.terminal())).isEqualTo(ExitCode.REFUSED);
            assertThat(printed()).containsEntry("outcome", "failed");
            assertThat(call.err()).startsWith("EKDM0671-E ");
            assertThat(server.delivered()).isEmpty();
        }
    }

    @Test
    void certificatesOfTheProfileAreBelievedAsSoonAsTheyCanBeRead() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start().tls("good", true)) {
            Files.writeString(
                    folder.resolve("ekiden.yaml"),
                    "version: 1\nmail: {profiles: {p: {send: {smtp: {host: 127.0.0.1, port: " + server.port()
                            + ", tls: implicit, ca: ca.pem}, from: a@example.jp}}}}\n");
            MailServer profile = new MailServer.Profile("p");
            assertThat(send(profile, null, mail(List.of("b@example.jp"), "x"), true))
                    .isEqualTo(ExitCode.SETTINGS);
            assertThat(call.err()).startsWith("EKDM0519-E ");
            Files.writeString(folder.resolve("ca.pem"), TestTls.authority());
            assertThat(send(profile, null, mail(List.of("b@example.jp"), "x"), true))
                    .isEqualTo(ExitCode.DONE);
            assertThat(server.delivered()).hasSize(1);
        }
    }

    @Test
    void aCopyIsKeptAndWhereThatFailsTheMailIsSentNevertheless() throws IOException {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Files.writeString(
                    folder.resolve("ekiden.yaml"),
                    "version: 1\nmail: {profiles: {p: {send: {smtp: {host: 127.0.0.1, port: " + server.port()
                            + "}, from: a@example.jp, sent-copy: {maildir: sent}}}}}\n");
            MailServer profile = new MailServer.Profile("p");
            assertThat(send(profile, null, mail(List.of("b@example.jp"), "x"), true))
                    .isEqualTo(ExitCode.DONE);
            try (Stream<Path> copies = Files.list(folder.resolve("sent/cur"))) {
                assertThat(copies.map(SendMailCommandTest::text))
                        .containsExactly(server.delivered().getFirst().content().replace("\r\n", "\n"));
            }
            Files.move(folder.resolve("sent"), folder.resolve("before"));
            Files.writeString(folder.resolve("sent"), "a file");
            assertThat(send(profile, null, mail(List.of("b@example.jp"), "x"), true))
                    .isEqualTo(ExitCode.DONE);
            assertThat(call.err()).startsWith("EKDM0673-W ");
            assertThat(server.delivered()).hasSize(2);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void htmlWithSignatureAndAnswers() throws IOException {
        Path html = Files.writeString(folder.resolve("a.html"), "<p>all went <b>well</b></p>\n");
        Path signature = Files.writeString(folder.resolve("sign.txt"), "Sales\n");
        MailExtras extras = new MailExtras(
                null,
                List.of("answers@example.jp"),
                null,
                html.toString(),
                signature.toString(),
                MailExtras.Importance.HIGH,
                Files.writeString(folder.resolve("list.txt"), "a.*\n").toString(),
                null,
                MailExtras.EndsAt.LEFT,
                null,
                null,
                null);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            SendRequest.Mail mail = new SendRequest.Mail(
                    List.of("b@example.jp"), List.of(), List.of(), "s", null, null, List.of(), extras);
            ExitCode code = send(url("smtp://localhost:" + server.port()), "a@example.jp", mail, false);
            assertThat(code).isEqualTo(ExitCode.DONE);
            assertThat(server.delivered().getFirst().content())
                    .contains(
                            "Reply-To: answers@example.jp",
                            "Importance: high",
                            "multipart/alternative",
                            "filename=\"a.html\"",
                            "all went well",
                            "<p>all went <b>well</b></p>",
                            "Sales");
        }
    }

    @Test
    void anAttachmentThatIsNotThere() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            ExitCode code = send(
                    url("smtp://localhost:" + server.port()),
                    "a@example.jp",
                    mail(List.of("b@example.jp"), "x", folder.resolve("none.csv")),
                    true);
            assertThat(code).isEqualTo(ExitCode.USAGE);
            assertThat(printed()).containsEntry("outcome", "failed");
            assertThat(server.delivered()).isEmpty();
        }
    }

    @Test
    void addressesThatCannotBeUsed() {
        SendRequest.Mail mail = mail(List.of("b@example.jp"), "x");
        for (String url :
                List.of("imap://localhost", "localhost:25", "smtp://u:pass@localhost", "smtp://", "smtp://h/x")) {
            assertThat(send(url(url), "a@example.jp", mail, false)).as(url).isEqualTo(ExitCode.USAGE);
        }
        assertThat(send(url("smtp://localhost"), null, mail, false)).isEqualTo(ExitCode.USAGE);
        assertThat(send(url("smtp://u@localhost"), "a@example.jp", mail, false)).isEqualTo(ExitCode.USAGE);
        assertThat(call.err())
                .contains("EKDC0141-E", "EKDC0142-E", "EKDC0143-E")
                .doesNotContain("u:pass");
    }

    @Test
    void aPasswordFromTheEnvironment() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start().login("orders", "secret")) {
            MailServer.Url url = new MailServer.Url(
                    "smtp://orders@localhost:" + server.port(),
                    new MailServer.Password.InEnvironment("PASSWORD"),
                    false);
            assertThat(send(url, "a@example.jp", mail(List.of("b@example.jp"), "x"), false))
                    .isEqualTo(ExitCode.DONE);
        }
    }

    @Test
    void aPasswordThatIsNowhere() {
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start().login("orders", "secret")) {
            MailServer.Url url = new MailServer.Url(
                    "smtp://orders@localhost:" + server.port(), new MailServer.Password.InEnvironment("NONE"), false);
            assertThat(send(url, "a@example.jp", mail(List.of("b@example.jp"), "x"), false))
                    .isEqualTo(ExitCode.SETTINGS);
        }
    }

    @Test
    void profilesOfTheSettings() throws IOException {
        MailServer.Profile orders = new MailServer.Profile("orders");
        SendRequest.Mail mail = mail(List.of("b@example.jp"), "x");
        assertThat(send(orders, null, mail, false)).as("no settings").isEqualTo(ExitCode.SETTINGS);
        try (ScriptedSmtpServer server = ScriptedSmtpServer.start()) {
            Files.writeString(folder.resolve("ekiden.yaml"), """
                    version: 1
                    mail:
                      profiles:
                        orders: {send: {smtp: {host: 127.0.0.1, port: %d, tls: none}, from: orders@example.jp}}
                        deaf: {receive: {smtpd: {listen: 127.0.0.1:2525, recipients: [a@localhost]}}}
                    """.formatted(server.port()));
            assertThat(send(new MailServer.Profile("deaf"), null, mail, false)).isEqualTo(ExitCode.SETTINGS);
            assertThat(send(orders, null, mail, false)).isEqualTo(ExitCode.DONE);
            assertThat(send(orders, "else@example.jp", mail, false)).isEqualTo(ExitCode.DONE);
            assertThat(server.lines().toString()).contains("<orders@example.jp>", "<else@example.jp>");
        }
    }
}
