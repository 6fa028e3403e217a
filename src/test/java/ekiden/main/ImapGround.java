package ekiden.main;

import ekiden.base.Ids;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.cli.Terminal;
import ekiden.config.HomePaths;
import ekiden.definition.DefinitionReading;
import ekiden.definition.yaml.DefinitionYaml;
import ekiden.mail.receive.smtpd.SmtpdListener;
import ekiden.manager.Command;
import ekiden.manager.Reply;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.run.Run;
import ekiden.store.Store;
import ekiden.testing.DovecotServer;
import ekiden.testing.WireClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A home whose mailbox lies on a Dovecot, for tests of whole processes. */
final class ImapGround implements AutoCloseable {
    static final String USER = "orders";

    final Path home;
    final DovecotServer dovecot;

    /** @param more further keys of the mailbox's settings, each a line of {@code key: value} */
    ImapGround(Path folder, String more) throws IOException {
        this(folder, DovecotServer.plan().user(USER, "secret").start(), 0, more);
    }

    /**
     * @param dovecot has the user {@link #USER}; is closed with this
     * @param port where the mailbox is reached, 0 for the server itself
     */
    ImapGround(Path folder, DovecotServer dovecot, int port, String more) throws IOException {
        this.dovecot = dovecot;
        this.home = Files.createDirectory(
                folder.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path password = home.resolve("orders.pass");
        Files.writeString(password, "secret\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        StringBuilder settings = new StringBuilder("""
                version: 1
                listen: 127.0.0.1:0
                mail:
                  profiles:
                    orders:
                      receive:
                        imap:
                          host: 127.0.0.1
                          port: %d
                          user: %s
                          password: {file: orders.pass}
                """.formatted(port == 0 ? dovecot.imapPort() : port, USER));
        more.lines().forEach(line -> settings.append("          ").append(line).append('\n'));
        Files.writeString(home.resolve("ekiden.yaml"), settings.toString());
    }

    /** Manager and agent in this process. */
    Standalone up() {
        return ((Result.Ok<Standalone>)
                        new Up(new HomePaths(home), Locale.ROOT, Terminal.system()).open(SmtpdListener.NONE))
                .value();
    }

    static void define(Standalone up, String definition) {
        DefinitionReading.Read read = (DefinitionReading.Read) DefinitionYaml.read("test.yaml", definition);
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Ids ids = new Ids(new SystemClock());
        up.inbox().put(new Command.Define(ids.next(), read.jobnet(), "/"), reply::complete);
        try {
            if (!(reply.get(10, TimeUnit.SECONDS) instanceof Reply.Defined)) {
                throw new AssertionError("not defined: " + reply);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException wrong) {
            throw new AssertionError(wrong);
        }
    }

    void deliver(String subject) {
        dovecot.deliver(
                USER,
                "From: edi@customer.example\r\nTo: orders@example.jp\r\nSubject: " + subject + "\r\nMessage-ID: <"
                        + subject.replace(' ', '-') + "@customer.example>\r\n\r\ntext of " + subject + "\r\n");
    }

    /** What another client of the mailbox does. {@return the answers to the commands} */
    List<String> asPerson(String... commands) {
        List<String> answers = new ArrayList<>();
        try (WireClient imap = WireClient.connect(dovecot.imapPort())) {
            imap.line();
            imap.imap("a", "LOGIN " + USER + " secret");
            for (String command : commands) {
                imap.say("b " + command);
                String line = imap.line();
                while (!line.startsWith("b ")) {
                    answers.add(line);
                    line = imap.line();
                }
                answers.add(line);
            }
        }
        return answers;
    }

    static List<Run> runs(Store store, String unit) {
        return store.read(tx -> tx.runs().list(unit, 10_000));
    }

    static List<CatalogueMail> mails(Store store) {
        return store.read(tx -> tx.mails().list(null, null, 10_000));
    }

    /** Looks into the store; no process may run. */
    <T> T look(Function<Store, T> use) {
        return HomeStore.look(home, use);
    }

    @Override
    public void close() {
        dovecot.close();
    }
}
