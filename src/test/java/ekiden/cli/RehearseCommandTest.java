package ekiden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.FileDisk;
import ekiden.json.Json;
import ekiden.mail.mime.FileSource;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Reading;
import ekiden.mail.save.MailSaver;
import ekiden.mail.save.SaveExtras;
import ekiden.mail.save.SaveOrder;
import ekiden.model.mail.SavedMail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearseCommandTest {
    private static final String ORDERS = """
            version: 1
            jobnet: /sales/orders
            start: {receive-mail: {profile: orders, from: [edi@customer.example], subject: [注文書], claim: first, priority: 9, save: {to: in}}}
            jobs:
              answer:
                receive-mail: {profile: orders, subject: ["Re: ${start.subject}"], text: [承認]}
            """;
    private static final String OTHERS = """
            version: 1
            jobnet: /sales/others
            start: {receive-mail: {profile: other, attachment: {glob: "*.csv"}, claim: first}}
            """;
    private static final String MAIL = """
            From: EDI <edi@customer.example>
            Subject: =?UTF-8?B?5rOo5paH5pu4?= 7
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain; charset=UTF-8

            承認します
            --b
            Content-Type: text/csv; name="../a.csv"
            Content-Disposition: attachment

            1,2
            --b--
            """;

    /** Longer than the name of a folder, to which a number may be added. */
    private static final String LONG = "x".repeat(196);

    @TempDir
    Path home;

    @BeforeEach
    void files() throws IOException {
        Files.writeString(home.resolve("orders.yaml"), ORDERS);
        Files.writeString(home.resolve("others.yaml"), OTHERS);
        Files.writeString(home.resolve("mail.eml"), MAIL, StandardCharsets.UTF_8);
    }

    private Called call(String... args) {
        return Called.of(home, args);
    }

    private List<Path> content() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            return all.sorted().toList();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> map, String key) {
        return (List<Map<String, Object>>) map.getOrDefault(key, List.of());
    }

    @Test
    void whoWouldTakeAMailAndWhereItsFilesWouldGoIsToldAndNothingIsWritten() throws IOException {
        List<Path> before = content();
        Called called =
                call("mail", "rehearse", "mail.eml", "--unit", "orders.yaml", "--unit", "others.yaml", "--json");
        assertThat(called.exit()).as(called.err()).isEqualTo(ExitCode.DONE);
        List<Map<String, Object>> watches = list(Json.readMap(called.out()), "watches");
        assertThat(watches)
                .extracting(watch -> watch.get("unit") + " " + watch.get("job") + " " + watch.get("verdict"))
                .containsExactly(
                        "/sales/orders null WOULD_TAKE",
                        "/sales/orders answer DEPENDS",
                        "/sales/others null LEFT_TO_OTHERS");
        Path folder = home.resolve("files/sales/orders/in/N-start");
        assertThat(watches.getFirst())
                .containsEntry(
                        "files",
                        List.of(
                                folder.resolve("body.txt").toString(),
                                folder.resolve("attachments.list").toString(),
                                folder.resolve("a.csv").toString()));
        assertThat(content()).isEqualTo(before);
    }

    @Test
    void whyAMailWouldNotBeTakenIsToldInBothLanguages() throws IOException {
        Files.writeString(home.resolve("mail.eml"), "From: edi@customer.example.evil\nSubject: x\n\ntext\n");
        Called english = call("mail", "rehearse", "mail.eml", "--unit", "orders.yaml");
        assertThat(english.out())
                .contains(
                        "/sales/orders: does not match (sender, subject)",
                        "sender: missed; wanted edi@customer.example; the mail has edi@customer.example.evil;"
                                + " the same as far as \"edi@customer.example\"; then \".evil\"");
        assertThat(call("mail", "rehearse", "mail.eml", "--unit", "orders.yaml", "--lang", "ja")
                        .out())
                .contains("条件に合わない (差出人、件名)", "一致したところ:");
    }

    @Test
    void homeSaysWhoseWordIsBelievedAndWhichMailsAreItsOwn() throws IOException {
        Files.writeString(home.resolve("ekiden.yaml"), """
                version: 1
                mail:
                  profiles:
                    orders:
                      authserv-id: mx.example.jp
                      receive: {smtpd: {recipients: [orders@localhost]}}
                """);
        Files.writeString(home.resolve("id"), "01234567-89ab-7def-8123-0123456789ab");
        Files.writeString(home.resolve("orders.yaml"), """
                version: 1
                jobnet: /a
                start: {receive-mail: {profile: orders, authenticated: dkim}}
                """);
        Files.writeString(
                home.resolve("mail.eml"),
                "Authentication-Results: mx.example.jp; dkim=pass header.d=customer.example\n" + MAIL);
        Files.writeString(
                home.resolve("own.eml"),
                "Authentication-Results: mx.example.jp; dkim=pass header.d=customer.example\nMessage-ID: <1@0123456789ab.ekiden>\n"
                        + MAIL);
        assertThat(call("mail", "rehearse", "mail.eml", "--unit", "orders.yaml").out())
                .contains("/a: would take it");
        assertThat(call("mail", "rehearse", "own.eml", "--unit", "orders.yaml").out())
                .contains("/a: does not match (own mail, not asked for)");
        // what somebody has encoded into his envelope address is not the server's word
        Files.writeString(
                home.resolve("forged.eml"),
                "Authentication-Results: mx.example.jp; spf=pass smtp.mailfrom="
                        + "=?us-ascii?Q?x=3B_dkim=3Dpass_header.d=3Dcustomer.example=3B?=@evil.example\n"
                        + MAIL);
        assertThat(call("mail", "rehearse", "forged.eml", "--unit", "orders.yaml")
                        .out())
                .contains("/a: does not match");
    }

    @Test
    void wrongDefinitionAndUnreadableMailHaveTheirExitCodes() throws IOException {
        Files.writeString(home.resolve("others.yaml"), OTHERS.replace("glob", "golb"));
        Called wrong = call("mail", "rehearse", "mail.eml", "--unit", "others.yaml");
        assertThat(wrong.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("others.yaml:3:", "EKDU0007-E");
        Files.writeString(home.resolve("mail.eml"), "A: b\n".repeat(1_001) + "\n");
        Called bad = call("mail", "rehearse", "mail.eml", "--unit", "orders.yaml", "--json");
        assertThat(bad.exit()).isEqualTo(ExitCode.BAD_MAIL);
        assertThat(bad.out()).contains("\"error\":\"EKDM0204-E\"");
        assertThat(call("mail", "rehearse", "no.eml", "--unit", "orders.yaml").err())
                .contains(CliMessage.UNREADABLE.id());
    }

    @Test
    void namesThatAMailFillsAreShownAsTheyWouldBe() throws IOException {
        Files.writeString(home.resolve("named.yaml"), """
                version: 1
                jobnet: /sales/named
                start:
                  receive-mail:
                    profile: orders
                    any: true
                    save: {to: "in/{from}", folder-name: "{date}-{run}", body-name: "{subject}.txt", attachment-name: "{i}-{name}"}
                """);
        Files.writeString(home.resolve("mail.eml"), "Date: Mon, 23 Nov 2026 12:00:00 +0000\n" + MAIL);
        Called called = call("mail", "rehearse", "mail.eml", "--unit", "named.yaml");
        assertThat(called.out())
                .contains("files/sales/named/in/edi@customer.example/2026-11-23-N/注文書 7.txt")
                .contains("files/sales/named/in/edi@customer.example/2026-11-23-N/1-a.csv");
    }

    private static String part(String name) {
        return "--=\nContent-Type: text/csv\nContent-Disposition: attachment; filename=\"" + name + "\"\n\n1\n";
    }

    /** What it tells is what a run would have saved in an empty folder. */
    @Test
    void attachmentsThatAreCalledAsOtherFilesOfTheFolderHaveTheNamesThatARunGivesThem() throws IOException {
        String mail = "From: edi@customer.example\nSubject: order\nMIME-Version: 1.0\n"
                + "Content-Type: multipart/mixed; boundary=\"=\"\n\n--=\nContent-Type: text/plain\n\ntext\n"
                + part("body.txt") + part("attachments.list") + part("MAIL.json") + part("a.csv") + part("A.csv")
                + "--=\nContent-Type: message/external-body; access-type=URL; URL=\"http://x.example/a\"\n\n"
                + "Content-Type: text/csv\n\n" + part("whole.eml") + "--=--\n";
        Files.writeString(home.resolve("mail.eml"), mail);
        Files.writeString(home.resolve("named.yaml"), """
                version: 1
                jobnet: /sales/named
                start:
                  receive-mail:
                    profile: orders
                    any: true
                    save: {to: in, folder-name: "%s", mail-name: whole.eml}
                """.formatted(LONG));
        Called called = call("mail", "rehearse", "mail.eml", "--unit", "named.yaml", "--json");
        assertThat(called.exit()).as(called.err()).isEqualTo(ExitCode.DONE);
        List<?> files = (List<?>) Objects.requireNonNull(
                list(Json.readMap(called.out()), "watches").getFirst().get("files"));
        List<String> told = files.stream().map(Object::toString).toList();
        assertThat(told).hasSize(9).contains(saved().resolve("body (2).txt").toString());
        try (Stream<Path> all = Files.walk(home.resolve("files"))) {
            List<String> there = all.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(file -> !file.endsWith("/mail.json"))
                    .toList();
            assertThat(told).containsExactlyInAnyOrderElementsOf(there);
        }
    }

    /** As the agent saves it. */
    private Path saved() throws IOException {
        Path file = home.resolve("mail.eml");
        try (FileSource source = FileSource.open(file)) {
            Message message = ((Reading.Readable) MessageReader.read(source, MimeLimits.DEFAULT)).message();
            SaveOrder order = new SaveOrder(
                    "claim",
                    home.resolve("files/sales/named/in"),
                    LONG,
                    SaveOrder.BODY,
                    SaveOrder.LIST,
                    "whole.eml",
                    true,
                    Instant.EPOCH,
                    ZoneOffset.UTC,
                    SaveExtras.NONE);
            return switch (new MailSaver(new FileDisk()).save(message, source, order)) {
                case Result.Ok<SavedMail>(SavedMail saved) -> Path.of(saved.folder());
                case Result.Failed<SavedMail>(Problem problem) -> throw new AssertionError(problem);
            };
        }
    }
}
