package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.agent.Senders;
import ekiden.base.ExitCode;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.cli.MailServer;
import ekiden.cli.SendRequest;
import ekiden.config.HomePaths;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.MailSenderContract;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import ekiden.model.definition.MailExtras;
import ekiden.testing.DovecotServer;
import ekiden.testing.ScriptedSmtpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of what {@code mail send} sent, in folders of a real Dovecot. */
class SentCopyIT {
    @TempDir
    private Path folder;

    private @Nullable Call call;

    @BeforeEach
    void begin() {
        call = new Call(folder);
    }

    private static ImapGround ground(Path folder, ScriptedSmtpServer smtp, DovecotServer dovecot, int port, String copy)
            throws IOException {
        ImapGround ground = new ImapGround(folder, dovecot, port, "");
        Path settings = ground.home.resolve("ekiden.yaml");
        Files.writeString(
                settings,
                Files.readString(settings) + "      send: {smtp: {host: 127.0.0.1, port: " + smtp.port()
                        + "}, from: orders@example.jp, sent-copy: " + copy + "}\n");
        return ground;
    }

    private static DovecotServer.Plan plan() {
        return DovecotServer.plan().user(ImapGround.USER, "secret");
    }

    private ExitCode send(ImapGround ground, String text) {
        SendRequest.Mail mail = new SendRequest.Mail(
                List.of("b@example.jp"),
                List.of(),
                List.of("secret@example.jp"),
                "件名",
                text,
                null,
                List.of(),
                MailExtras.NONE);
        SendRequest request = new SendRequest(
                ground.home, new MailServer.Profile("orders"), null, null, null, mail, null, true, Locale.ENGLISH);
        return new SendMailCommand().run(request, call().terminal());
    }

    private Call call() {
        return Objects.requireNonNull(call);
    }

    private static int count(ImapGround ground, String box, String wanted) {
        String found = ground.asPerson("SELECT " + box, "SEARCH " + wanted).stream()
                .filter(line -> line.startsWith("* SEARCH"))
                .findFirst()
                .orElse("* SEARCH");
        return found.split(" ").length - 2;
    }

    @Test
    void copiesAreSeenAndOursAndTheFolderIsMadeAndShown() throws IOException {
        try (ScriptedSmtpServer smtp = ScriptedSmtpServer.start();
                ImapGround ground = ground(folder, smtp, plan().start(), 0, "{imap: 控え}")) {
            assertThat(send(ground, "x".repeat(200_000))).isEqualTo(ExitCode.DONE);
            assertThat(call().err()).isEmpty();
            assertThat(smtp.delivered()).isNotEmpty();
            String box = ground.asPerson("LSUB \"\" \"*\"").stream()
                    .filter(line -> line.contains("&"))
                    .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                    .findFirst()
                    .orElseThrow();
            assertThat(count(ground, box, "SEEN KEYWORD $EkidenCopy")).isOne();
            assertThat(ground.asPerson("SELECT " + box, "FETCH 1 BODY.PEEK[]").toString())
                    .contains("Subject: ", "x".repeat(60))
                    .doesNotContain("secret@example.jp");
        }
    }

    @Test
    void aMailThatTheServerHasAlreadyGetsNoSecondCopyAndAConnectionThatEndedIsMadeAnew() throws IOException {
        String sent = "namespace inbox {\nmailbox Gesendet {\nauto = create\nspecial_use = \\Sent\n}\n}";
        try (ScriptedSmtpServer smtp = ScriptedSmtpServer.start();
                ImapGround ground = ground(folder, smtp, plan().settings(sent).start(), 0, "{imap: '\\Sent'}")) {
            submit(ground, () -> {}, "<1@example.jp>", "<1@example.jp>");
            submit(ground, () -> {}, "<1@example.jp>");
            assertThat(count(ground, "Gesendet", "ALL")).isOne();
            submit(
                    ground,
                    () -> {
                        ground.dovecot.stop();
                        ground.dovecot.startAgain();
                    },
                    "<2@example.jp>",
                    "<3@example.jp>");
            assertThat(count(ground, "Gesendet", "ALL")).isEqualTo(3);
        }
    }

    /** Sends mails with these Message-IDs in one process. */
    private void submit(ImapGround ground, Runnable between, String... messageIds) {
        try (ThreadTasks tasks = new ThreadTasks();
                MailServers servers = new MailServers(new HomePaths(ground.home), Map.of(), new SystemClock(), tasks)) {
            Result<Senders.Profile> profile = servers.sending(new MailServer.Profile("orders"), null, 0);
            MailSender sender = ((Result.Ok<Senders.Profile>) profile).value().sender();
            for (String messageId : messageIds) {
                byte[] bytes = ("Message-ID: " + messageId + "\r\nSubject: s\r\n\r\nx\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
                OutgoingMail mail = new OutgoingMail(
                        "orders@example.jp",
                        List.of("b@example.jp"),
                        messageId,
                        OutgoingMail.Form.SEVEN_BIT,
                        MailSenderContract.content(bytes));
                assertThat(sender.submit(mail, SendProgress.NONE)).isInstanceOf(SendOutcome.Accepted.class);
                between.run();
            }
            assertThat(servers.copyProblems()).isEmpty();
        }
    }

    @Test
    void copiesThatAreTooOldGoAndOthersStay() throws IOException {
        try (ScriptedSmtpServer smtp = ScriptedSmtpServer.start();
                ImapGround ground = ground(folder, smtp, plan().start(), 0, "{imap: Sent, age: 30d}")) {
            ground.asPerson("CREATE Sent");
            append(ground, "($EkidenCopy)", "01-Jan-2020", "old copy");
            append(ground, "()", "01-Jan-2020", "of a person");
            assertThat(send(ground, "hello")).isEqualTo(ExitCode.DONE);
            assertThat(call().err()).isEmpty();
            assertThat(count(ground, "Sent", "ALL")).isEqualTo(2);
            assertThat(count(ground, "Sent", "SUBJECT \"of a person\"")).isOne();
            assertThat(count(ground, "Sent", "SUBJECT \"old copy\"")).isZero();
        }
    }

    private static void append(ImapGround ground, String flags, String day, String subject) {
        String mail = "Subject: " + subject + "\r\n\r\nx\r\n";
        assertThat(ground.asPerson(
                        "APPEND Sent " + flags + " \"" + day + " 10:00:00 +0000\" {" + mail.length() + "+}\r\n" + mail))
                .last()
                .asString()
                .startsWith("b OK");
    }

    @Test
    void aServerWithoutUidPlusKeepsOldCopiesAndThatIsSaid() throws IOException {
        String poor = "protocol imap {\nimap_capability = IMAP4rev1 LITERAL+ IDLE\n}";
        try (ScriptedSmtpServer smtp = ScriptedSmtpServer.start();
                ImapGround ground = ground(folder, smtp, plan().settings(poor).start(), 0, "{imap: Sent, age: 30d}")) {
            ground.asPerson("CREATE Sent");
            append(ground, "($EkidenCopy)", "01-Jan-2020", "old copy");
            assertThat(send(ground, "hello")).isEqualTo(ExitCode.DONE);
            assertThat(call().err()).startsWith("EKDM0674-W ").contains("UIDPLUS");
            assertThat(count(ground, "Sent", "ALL")).isEqualTo(2);
        }
    }

    @Test
    void aServerThatSaysNothingDelaysTheResultNoLongerThanIsSaid() throws IOException {
        try (ScriptedSmtpServer smtp = ScriptedSmtpServer.start();
                ServerSocket silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
                ImapGround ground =
                        ground(folder, smtp, plan().start(), silent.getLocalPort(), "{imap: Sent, within: 1s}")) {
            SystemClock clock = new SystemClock();
            long began = clock.nanos();
            assertThat(send(ground, "hello")).isEqualTo(ExitCode.DONE);
            assertThat(TimeUnit.NANOSECONDS.toSeconds(clock.nanos() - began)).isLessThan(10);
            assertThat(call().err()).startsWith("EKDM0673-W ").contains("not within 1 s", "Sent");
            assertThat(smtp.delivered()).isNotEmpty();
        }
    }
}
