package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Result;
import ekiden.cli.Terminal;
import ekiden.config.HomePaths;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.receive.smtpd.SmtpdListener;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.CatalogueMail.State;
import ekiden.model.run.Alarm;
import ekiden.model.run.RunStatus;
import ekiden.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a jobnet may rely on wherever its mails come from: mailboxes of every kind keep this, in a whole process. */
@Timeout(180)
abstract class MailboxContract {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String JOBNET = """
            version: 1
            jobnet: %s
            start: {receive-mail: {profile: %s, subject: [%s], after-receive: read}}
            overlap: allow
            jobs:
              load: {command: ["true"]}
            """;

    @TempDir
    Path folder;

    private Path home() {
        Path home = folder.resolve("home");
        try {
            return Files.isDirectory(home)
                    ? home
                    : Files.createDirectory(
                            home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The receiving side of a profile: of the good mailbox, which takes mails of at most 100 KB. */
    abstract String good(Path home) throws IOException;

    /** A mailbox of this kind that cannot be had, for a reason that needs a person. */
    abstract String bad(Path home) throws IOException;

    /** What a person is told of it. */
    abstract String told();

    /** Another program has a mail for the good mailbox: it tries until it gets rid of it, or is told for good that it cannot. */
    abstract void deliver(String mail);

    private Standalone up() throws IOException {
        Files.writeString(home().resolve("ekiden.yaml"), """
                version: 1
                listen: 127.0.0.1:0
                mail:
                  profiles:
                    orders: {receive: %s}
                    other: {receive: %s}
                """.formatted(good(home()), bad(home())));
        return ((Result.Ok<Standalone>)
                        new Up(new HomePaths(home()), Locale.ROOT, Terminal.system()).open(SmtpdListener.NONE))
                .value();
    }

    static void secret(Path home, String name, String word) throws IOException {
        Path file = home.resolve(name);
        Files.writeString(file, word + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static String mail(String subject, String text) {
        return "From: edi@customer.example\r\nTo: orders@localhost\r\nSubject: " + subject + "\r\nMessage-ID: <"
                + subject.replace(' ', '-') + "@customer.example>\r\n\r\n" + text + "\r\n";
    }

    private static void define(Standalone up, String unit, String words) {
        ImapGround.define(up, JOBNET.formatted(unit, "orders", words));
    }

    private static void until(Standalone up, String unit, int runs) {
        Eventually.within(
                SOON,
                () -> unit + " has " + ImapGround.runs(up.store(), unit).size() + " runs; "
                        + ImapGround.mails(up.store()) + alarms(up),
                () -> ImapGround.runs(up.store(), unit).size() == runs
                        && ImapGround.runs(up.store(), unit).stream()
                                .allMatch(run -> run.status() == RunStatus.ENDED_NORMALLY));
    }

    private static CatalogueMail row(Standalone up, String subject) {
        return ImapGround.mails(up.store()).stream()
                .filter(mail -> subject.equals(mail.summary().subject()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> alarms(Standalone up) {
        return up.store().read(tx -> tx.alarms().list(true, 100)).stream()
                .map(Alarm::problem)
                .map(problem -> problem.id())
                .toList();
    }

    private String saved() {
        try (Stream<Path> files = Files.walk(home().resolve("files"))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.UTF_8)).append('\n');
            }
            return all.toString();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void mailThatMatchesStartsOneRunWithItsTextAndIsSettled() throws IOException {
        try (Standalone up = up()) {
            define(up, "/a", "order");
            deliver(mail("order 1", "the text of it\r\n.\r\n..\r\nits end"));
            until(up, "/a", 1);
            Eventually.within(SOON, () -> row(up, "order 1").state() == State.READ);
            assertThat(saved().replace("\r", "")).contains("the text of it\n.\n..\nits end");
        }
    }

    @Test
    void mailThatMatchesNothingWaitsForTheWatchThatWantsIt() throws IOException {
        try (Standalone up = up()) {
            define(up, "/a", "order");
            deliver(mail("lunch", "x"));
            deliver(mail("order 1", "x"));
            until(up, "/a", 1);
            Eventually.within(SOON, () -> ImapGround.mails(up.store()).size() == 2);
            assertThat(row(up, "lunch").state()).isEqualTo(State.UNREAD);
            define(up, "/late", "lunch");
            until(up, "/late", 1);
            assertThat(ImapGround.runs(up.store(), "/a")).hasSize(1);
        }
    }

    @Test
    void mailsBeforeDuringAndAfterAStandstillAreTakenOnceEach() throws Exception {
        try (Standalone up = up()) {
            define(up, "/a", "order");
            deliver(mail("order 1", "x"));
            until(up, "/a", 1);
        }
        Thread meanwhile = Thread.ofVirtual().start(() -> deliver(mail("order 2", "x")));
        try (Standalone up = up()) {
            deliver(mail("order 3", "x"));
            meanwhile.join();
            until(up, "/a", 3);
        }
        try (Standalone up = up()) {
            deliver(mail("order 4", "x"));
            until(up, "/a", 4);
            assertThat(ImapGround.mails(up.store())).hasSize(4);
        }
    }

    @Test
    void mailThatCannotBeReadIsKeptApartAndToldAndOthersGoOn() throws IOException {
        try (Standalone up = up()) {
            define(up, "/a", "order");
            deliver("Subject: order 0\r\n" + "X: y\r\n".repeat(MimeLimits.DEFAULT.headerFields()) + "\r\nx\r\n");
            deliver(mail("order 1", "x"));
            until(up, "/a", 1);
            assertThat(ImapGround.mails(up.store()))
                    .extracting(CatalogueMail::state)
                    .contains(State.QUARANTINED);
            Eventually.within(
                    SOON, () -> "alarms " + alarms(up), () -> alarms(up).size() == 2);
        }
    }

    @Test
    void mailThatIsTooLargeStartsNothingAndIsToldAndOthersGoOn() throws IOException {
        try (Standalone up = up()) {
            define(up, "/a", "order");
            deliver(mail("order 0", ("x".repeat(70) + "\r\n").repeat(2_000)));
            deliver(mail("order 1", "x"));
            until(up, "/a", 1);
            Eventually.within(
                    SOON, () -> "alarms " + alarms(up), () -> alarms(up).size() == 2);
            assertThat(ImapGround.runs(up.store(), "/a")).hasSize(1);
        }
    }

    @Test
    void mailboxThatCannotBeHadIsToldWithItsCauseAndAnotherGoesOn() throws IOException {
        try (Standalone up = up()) {
            define(up, "/a", "order");
            Eventually.within(
                    SOON, () -> "alarms " + alarms(up), () -> alarms(up).equals(List.of(told())));
            UpGround.explained(told());
            deliver(mail("order 1", "x"));
            until(up, "/a", 1);
        }
    }
}
