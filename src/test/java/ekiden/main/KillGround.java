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
import ekiden.store.Store;
import ekiden.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A home with a listener and one jobnet, for tests that start and kill whole processes on it. */
final class KillGround {
    static final String UNIT = "/test/orders";

    final Path home;
    final Path marks;
    final int port = Ports.free();

    KillGround(Path folder, String definition, String script) throws IOException {
        this.home = Files.createDirectory(
                folder.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        this.marks = Files.createDirectories(folder.resolve("marks"));
        Files.writeString(home.resolve("ekiden.yaml"), """
                version: 1
                listen: 127.0.0.1:0
                mail:
                  profiles:
                    orders:
                      receive: {smtpd: {listen: "127.0.0.1:%d", recipients: [orders@localhost]}}
                """.formatted(port));
        Path job = folder.resolve("job.sh");
        Files.writeString(job, script.replace("MARKS", marks.toString()));
        Files.setPosixFilePermissions(job, PosixFilePermissions.fromString("rwxr-xr-x"));
        define(folder, definition);
    }

    private void define(Path folder, String definition) throws IOException {
        Result<Standalone> opened =
                new Up(new HomePaths(home), Locale.ROOT, Terminal.system()).open(SmtpdListener.NONE);
        try (Standalone up = ((Result.Ok<Standalone>) opened).value()) {
            DefinitionReading.Read read = (DefinitionReading.Read) DefinitionYaml.read("test.yaml", definition);
            CompletableFuture<Reply> reply = new CompletableFuture<>();
            Ids ids = new Ids(new SystemClock());
            up.inbox().put(new Command.Define(ids.next(), read.jobnet(), folder.toString()), reply::complete);
            if (!(reply.get(10, TimeUnit.SECONDS) instanceof Reply.Defined)) {
                throw new IOException("not defined: " + reply);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException wrong) {
            throw new IOException(wrong);
        }
    }

    /** While it is so, no command of a script that looks for {@code hold} among the marks ends. */
    void hold(boolean so) throws IOException {
        Path hold = marks.resolve("hold");
        if (so) {
            Files.writeString(hold, "");
        } else {
            Files.deleteIfExists(hold);
        }
    }

    /** Looks into the store; no process may run. */
    <T> T look(Function<Store, T> use) {
        return HomeStore.look(home, use);
    }
}
