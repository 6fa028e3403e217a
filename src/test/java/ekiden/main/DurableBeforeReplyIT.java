package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.config.HomePaths;
import ekiden.main.SystemCalls.Call;
import ekiden.model.mail.CatalogueMail;
import ekiden.testing.ChildProcess;
import ekiden.testing.Eventually;
import ekiden.testing.Program;
import ekiden.testing.Programs;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The system calls of a real process, one by one: before the 250 for a mail is written, the mail's file, then the spool's folder, then the
 * database's log were forced to the disk.
 */
class DurableBeforeReplyIT {
    private static final System.Logger LOG = System.getLogger(DurableBeforeReplyIT.class.getName());
    private static final int MAILS = 12;
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private static final String DEFINITION = """
            version: 1
            jobnet: /test/orders
            start: {receive-mail: {profile: orders, from: [edi@customer.example]}}
            overlap: allow
            jobs:
              load: {command: ["true"]}
            """;

    @TempDir
    private Path folder;

    @Test
    void spoolFileFolderAndDatabaseAreForcedBeforeThe250() throws IOException {
        KillGround ground = new KillGround(folder, DEFINITION, "#!/bin/sh\n");
        Path log = folder.resolve("strace.log");
        trace(ground, log);
        List<Call> calls = SystemCalls.read(log);
        List<CatalogueMail> mails =
                ground.look(store -> store.read(tx -> tx.mails().list("orders", null, 100)));
        assertThat(mails).hasSize(MAILS);
        for (CatalogueMail mail : mails) {
            check(calls, ground, mail);
        }
        LOG.log(Level.INFO, "{0} replies 250, each behind file, folder and log forced; {1} calls", MAILS, calls.size());
    }

    private void trace(KillGround ground, Path log) {
        ProcessBuilder builder = new ProcessBuilder(
                Programs.path(Program.STRACE).toString(),
                "-f",
                "-s",
                "200",
                "-e",
                "trace=openat,fsync,fdatasync,rename,renameat,renameat2,write,sendto,pwrite64",
                "-o",
                log.toString(),
                Path.of("ekiden").toAbsolutePath().toString(),
                "up",
                "--home",
                ground.home.toString());
        try (ChildProcess up = ChildProcess.start("strace ekiden up", builder)) {
            up.awaitLine("ready", READY_WITHIN);
            // the rehearsal goes on behind "ready"; its mails have the same numbers, and so the same replies, as those
            // that are sent here
            Path rehearsal = ground.home.resolve("rehearsal");
            Eventually.within(READY_WITHIN, () -> "the rehearsal goes on", () -> !Files.exists(rehearsal));
            RepeatingClient client = new RepeatingClient(ground.port);
            for (int i = 0; i < MAILS; i++) {
                client.send(RepeatingClient.Mail.of(i, 1_000, 50_000), READY_WITHIN);
            }
            ProcessHandle.of(up.pid()).stream()
                    .flatMap(ProcessHandle::descendants)
                    .forEach(ProcessHandle::destroy);
            up.awaitExit(Duration.ofSeconds(30));
        }
    }

    private static void check(List<Call> calls, KillGround ground, CatalogueMail mail) {
        HomePaths paths = new HomePaths(ground.home);
        String place = Objects.requireNonNull(mail.raw()).place();
        String part = paths.spool().resolve(place + ".part").toString();
        int forced = index(
                calls, 0, call -> call.name().equals("fdatasync") && call.path().equals(part));
        // the replies of the rehearsal are all before this mail's file
        int reply = index(calls, forced, call -> isReply(call, mail));
        int named = index(
                calls,
                forced,
                call -> call.name().startsWith("rename") && call.path().equals(part));
        int folder = index(
                calls,
                named,
                call -> call.name().equals("fsync")
                        && call.path().equals(paths.spool().toString()));
        int logged = index(calls, folder, call -> isLog(call, "pwrite64", paths));
        int committed = index(calls, logged, call -> isLog(call, "fsync", paths) || isLog(call, "fdatasync", paths));
        assertThat(List.of(forced, named, folder, logged, committed, reply))
                .as("file forced, named, folder forced, log written, log forced, 250 of mail " + mail.id())
                .doesNotContain(-1)
                .isSorted();
    }

    private static boolean isReply(Call call, CatalogueMail mail) {
        boolean written = call.name().equals("write") || call.name().equals("sendto");
        return written && call.text().contains("\"250 2.0.0 mail " + mail.id() + "\\r\\n\"");
    }

    private static boolean isLog(Call call, String name, HomePaths paths) {
        return call.name().equals(name) && call.path().equals(paths.database() + "-wal");
    }

    private static int index(List<Call> calls, int from, Predicate<Call> wanted) {
        for (int i = Math.max(0, from); i < calls.size(); i++) {
            if (wanted.test(calls.get(i))) {
                return i;
            }
        }
        return -1;
    }
}
