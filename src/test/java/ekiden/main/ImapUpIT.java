package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.CatalogueMail;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.store.Store;
import ekiden.testing.ChildProcess;
import ekiden.testing.EkidenProcess;
import ekiden.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ekiden up} watches a mailbox on a real Dovecot. */
class ImapUpIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private static String jobnet(String unit, String words, String after) {
        return """
                version: 1
                jobnet: %s
                start: {receive-mail: {profile: orders, subject: [%s], after-receive: "%s"}}
                overlap: allow
                jobs:
                  load: {command: ["true"]}
                """.formatted(unit, words, after);
    }

    private static void until(Standalone up, String unit, int runs) {
        Store store = up.store();
        Eventually.within(
                SOON,
                () -> unit + " has " + ImapGround.runs(store, unit).size() + " runs; " + ImapGround.mails(store),
                () -> ImapGround.runs(store, unit).size() == runs
                        && ImapGround.runs(store, unit).stream()
                                .allMatch(run -> run.status() == RunStatus.ENDED_NORMALLY));
    }

    @Test
    void mailsFromBeforeAndDuringAreTakenOnceEachAndMarkedRead() throws IOException {
        try (ImapGround ground = new ImapGround(folder, "")) {
            ground.deliver("order 1");
            ground.deliver("lunch");
            try (Standalone up = ground.up()) {
                ImapGround.define(up, jobnet("/a", "order", "read"));
                until(up, "/a", 1);
                ground.deliver("order 2");
                ground.deliver("order 3");
                until(up, "/a", 3);
                Eventually.within(
                        SOON,
                        () -> ground.asPerson("SELECT INBOX", "SEARCH UNSEEN").contains("* SEARCH 2"));
                List<CatalogueMail> read = up.store().read(tx -> tx.mails().list(null, CatalogueMail.State.READ, 10));
                assertThat(read).hasSize(3).allMatch(mail -> mail.raw() == null);
            }
        }
    }

    @Test
    void serverThatIsRestartedIsWatchedOn() throws IOException {
        try (ImapGround ground = new ImapGround(folder, "");
                Standalone up = ground.up()) {
            ImapGround.define(up, jobnet("/a", "order", "read"));
            ground.deliver("order 1");
            until(up, "/a", 1);
            ground.dovecot.stop();
            ground.dovecot.startAgain();
            ground.deliver("order 2");
            until(up, "/a", 2);
        }
    }

    /** Dovecot ends the session where it cannot read the file of a mail. */
    @Test
    void mailThatTheServerCannotReadHoldsUpNoOtherAndComesLater() throws IOException {
        try (ImapGround ground = new ImapGround(folder, "")) {
            ground.deliver("order 1");
            Path bad = ground.dovecot.inbox(ImapGround.USER).getFirst();
            ground.deliver("order 2");
            Files.setPosixFilePermissions(bad, Set.of());
            try (Standalone up = ground.up()) {
                ImapGround.define(up, jobnet("/a", "order", "read"));
                until(up, "/a", 1);
                ground.deliver("order 3");
                until(up, "/a", 2);
                // by now it has another name
                for (Path mail : ground.dovecot.inbox(ImapGround.USER)) {
                    Files.setPosixFilePermissions(mail, PosixFilePermissions.fromString("rw-------"));
                }
                until(up, "/a", 3);
                Eventually.within(
                        SOON,
                        () -> up.store().read(tx -> tx.alarms().list(true, 10)).isEmpty());
            }
        }
    }

    @Test
    void actionsOfTwoJobsOnOneMailAreJoined() throws IOException {
        try (ImapGround ground = new ImapGround(folder, "");
                Standalone up = ground.up()) {
            ground.asPerson("CREATE Done");
            ImapGround.define(up, jobnet("/a", "order", "move:Done"));
            ImapGround.define(up, jobnet("/b", "order 1", "read"));
            ImapGround.define(up, jobnet("/c", "spam", "delete"));
            ImapGround.define(up, jobnet("/d", "later", "keyword:seen-by-ekiden"));
            ground.deliver("order 1");
            ground.deliver("spam 1");
            ground.deliver("later 1");
            ground.deliver("lunch");
            until(up, "/a", 1);
            until(up, "/b", 1);
            until(up, "/c", 1);
            until(up, "/d", 1);
            Eventually.within(
                    SOON,
                    () -> ground.asPerson("SELECT Done", "FETCH 1:* (FLAGS)").stream()
                            .anyMatch(line -> line.contains("FETCH") && line.contains("\\Seen")));
            Eventually.within(SOON, () -> ground.asPerson("SELECT INBOX").contains("* 2 EXISTS"));
            Eventually.within(
                    SOON,
                    () -> ground.asPerson("SELECT INBOX", "SEARCH KEYWORD seen-by-ekiden").stream()
                            .anyMatch(line -> line.matches("\\* SEARCH \\d+")));
        }
    }

    @Test
    void killedAndRestartedItTakesEachMailOnce() throws IOException {
        try (ImapGround ground = new ImapGround(folder, "")) {
            try (Standalone up = ground.up()) {
                ImapGround.define(up, jobnet("/a", "order", "read"));
            }
            int delivered = 0;
            for (int life = 0; life < 4; life++) {
                delivered = oneLife(ground, delivered);
            }
            int all = delivered;
            try (Standalone up = ground.up()) {
                until(up, "/a", all);
                assertThat(ImapGround.mails(up.store())).hasSize(all);
            }
            List<Run> runs = ground.look(store -> ImapGround.runs(store, "/a"));
            assertThat(runs.stream().map(Run::claim)).doesNotHaveDuplicates();
        }
    }

    /** Started, given mails before and after it is ready, killed. {@return how many mails there are by now} */
    private static int oneLife(ImapGround ground, int before) {
        int delivered = before;
        try (ChildProcess process = EkidenProcess.of("up").home(ground.home).start()) {
            for (int i = 0; i < 10; i++) {
                ground.deliver("order " + ++delivered);
            }
            process.awaitLine("ready", SOON);
            ground.deliver("order " + ++delivered);
            process.kill();
        }
        return delivered;
    }
}
