package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.cli.Terminal;
import ekiden.config.HomePaths;
import ekiden.config.MailSettings;
import ekiden.http.Profiles.Profile;
import ekiden.http.Profiles.Step;
import ekiden.mail.receive.smtpd.SmtpdListener;
import ekiden.testing.MemoryFolder;
import ekiden.testing.Ports;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.imap.ScriptedImapServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileViewTest {
    @TempDir
    private Path folder;

    private final ThreadTasks tasks = new ThreadTasks();

    @AfterEach
    void end() {
        tasks.close();
    }

    private ProfileView view(String profiles) throws IOException {
        Files.writeString(
                folder.resolve("ekiden.yaml"),
                "version: 1\nlisten: 127.0.0.1:0\nmail:\n  profiles:\n" + profiles.indent(4));
        MailServers servers = new MailServers(new HomePaths(folder), Map.of(), new SystemClock(), tasks);
        return new ProfileView(servers.profiles(((Result.Ok<MailSettings>) servers.settings()).value()));
    }

    private static List<Step> steps(ProfileView view, String profile) {
        return ((Result.Ok<List<Step>>) view.test(profile)).value();
    }

    private static String problem(Step step) {
        Problem problem = step.problem();
        return step.what() + " " + (problem == null ? "good" : problem.id());
    }

    @Test
    void aProfileThatIsBrokenOrUnknown() throws IOException {
        ProfileView view = view("""
                bad: {receive: {smtpd: {listen: nowhere, recipients: [a@localhost]}}}
                imap: {receive: {imap: {host: 127.0.0.1, user: u, password: {env: P}}}}
                """);
        assertThat(view.test("bad")).isInstanceOf(Result.Failed.class);
        assertThat(view.test("none")).isInstanceOf(Result.Failed.class);
        assertThat(view.list()).extracting(Profile::name).containsExactlyInAnyOrder("bad", "imap");
        assertThat(view.known().receiving()).contains("bad", "imap");
    }

    @Test
    void imapServerIsOpenedAsAReaderWould() throws IOException {
        Files.writeString(folder.resolve("pass"), "secret\n");
        try (ScriptedImapServer server = ScriptedImapServer.start()) {
            String imap = "{receive: {imap: {host: 127.0.0.1, port: %d, user: taro, password: {file: pass}%s}}}\n";
            ProfileView view = view("good: " + imap.formatted(server.port(), "")
                    + "lost: " + imap.formatted(server.port(), ", folders: [INBOX, nowhere]")
                    + "shut: " + imap.formatted(Ports.free(), ""));
            Step good = steps(view, "good").getFirst();
            assertThat(problem(good)).isEqualTo("receive good");
            assertThat(good.detail()).isEqualTo("IMAP4rev1 Scripted 1, none, PLAIN");
            Step lost = steps(view, "lost").getFirst();
            assertThat(problem(lost)).isEqualTo("receive EKDM0740-E");
            assertThat(Objects.requireNonNull(lost.problem()).values())
                    .containsEntry("folder", "nowhere")
                    .hasEntrySatisfying("folders", names -> assertThat(names).contains("INBOX"));
            assertThat(steps(view, "shut")).extracting(ProfileViewTest::problem).containsExactly("receive EKDM0700-E");
        }
    }

    @Test
    void placesForCopiesOfSentMailsAreTriedAndNothingIsLeftThere() throws IOException {
        Files.writeString(folder.resolve("taken"), "x");
        try (ScriptedSmtpServer smtp = ScriptedSmtpServer.start()) {
            String send =
                    ": {send: {smtp: {host: 127.0.0.1, port: %d, tls: none}, from: a@localhost, sent-copy: {%s}}}\n";
            ProfileView view = view("maildir" + send.formatted(smtp.port(), "maildir: copies")
                    + "mbox" + send.formatted(smtp.port(), "mbox: sent.mbox")
                    + "no-maildir" + send.formatted(smtp.port(), "maildir: taken")
                    + "no-mbox" + send.formatted(smtp.port(), "mbox: copies"));
            for (String good : List.of("maildir", "mbox")) {
                assertThat(steps(view, good))
                        .extracting(ProfileViewTest::problem)
                        .containsExactly("send good", "sent-copy good");
                assertThat(steps(view, good).getLast().detail()).startsWith(folder.toString());
            }
            for (String bad : List.of("no-maildir", "no-mbox")) {
                assertThat(steps(view, bad))
                        .extracting(ProfileViewTest::problem)
                        .containsExactly("send good", "sent-copy EKDM0688-E");
            }
        }
        try (Stream<Path> left = Files.walk(folder.resolve("copies"))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(folder.resolve("sent.mbox")).isEmptyFile();
        assertThat(folder.resolve("sent.mbox.lock")).doesNotExist();
    }

    @Test
    void folderForCopiesAtAServerIsOpenedAndItsRightsAreAsked() throws IOException {
        Files.writeString(folder.resolve("pass"), "secret\n");
        try (ScriptedSmtpServer smtp = ScriptedSmtpServer.start();
                ScriptedImapServer server = ScriptedImapServer.start()) {
            MemoryFolder sent = new MemoryFolder(7);
            server.folders().put("Sent", sent);
            ProfileView view = view(
                    "p: {receive: {imap: {host: 127.0.0.1, port: %d, user: taro, password: {file: pass}}}, send: {smtp: {host: 127.0.0.1, port: %d, tls: none}, from: a@localhost, sent-copy: {imap: '\\Sent'}}}"
                            .formatted(server.port(), smtp.port()));
            server.script().rights("lrswi");
            assertThat(problem(steps(view, "p").getLast())).isEqualTo("sent-copy good");
            assertThat(steps(view, "p").getLast().detail()).startsWith("Sent (127.0.0.1:");
            server.script().rights("lrs");
            Step refused = steps(view, "p").getLast();
            assertThat(problem(refused)).isEqualTo("sent-copy EKDM0688-E");
            assertThat(Objects.requireNonNull(refused.problem()).values())
                    .hasEntrySatisfying("reason", reason -> assertThat(reason).contains("MYRIGHTS lrs"));
            sent.readOnly(true);
            assertThat(problem(steps(view, "p").getLast())).isEqualTo("sent-copy EKDM0688-E");
            assertThat(server.script().lines()).noneMatch(line -> line.contains("APPEND"));
        }
    }

    @Test
    void nothingOrSomethingElseListens() throws IOException {
        try (ScriptedSmtpServer other = ScriptedSmtpServer.start()) {
            ProfileView view = view("""
                    shut:
                      receive: {smtpd: {listen: "127.0.0.1:%d", recipients: [a@localhost]}}
                      send: {smtp: {host: 127.0.0.1, port: %d, tls: none}, from: a@localhost}
                    other: {receive: {smtpd: {listen: "127.0.0.1:%d", recipients: [b@localhost]}}}
                    """.formatted(Ports.free(), other.port(), other.port()));
            assertThat(steps(view, "shut"))
                    .extracting(ProfileViewTest::problem)
                    .containsExactly("receive EKDC0145-E", "send good");
            assertThat(steps(view, "other"))
                    .extracting(ProfileViewTest::problem)
                    .containsExactly("receive EKDC0146-E");
        }
    }

    @Test
    void ourOwnListenerAnswers() throws IOException {
        ProfileView view = view("open: {receive: {smtpd: {listen: \"127.0.0.1:%d\", recipients: [a@localhost]}}}"
                .formatted(Ports.free()));
        Result<Standalone> opened =
                new Up(new HomePaths(folder), Locale.ROOT, Terminal.system()).open(SmtpdListener.NONE);
        try (Standalone running = ((Result.Ok<Standalone>) opened).value()) {
            assertThat(running.listeners()).hasSize(1);
            assertThat(steps(view, "open")).extracting(ProfileViewTest::problem).containsExactly("receive good");
        }
    }
}
