package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.SystemClock;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import ekiden.store.Store;
import ekiden.testing.ChildProcess;
import ekiden.testing.DovecotServer;
import ekiden.testing.EkidenProcess;
import ekiden.testing.Eventually;
import ekiden.testing.TcpRelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process on a real Dovecot for a long time: mails come in, other clients do what clients do, connections are cut, either side is killed or
 * restarted, the server numbers its mails anew. Then what was delivered, the catalogue, the runs and the files are the same.
 * {@code -Dekiden.soak.minutes=60 -Dekiden.soak.mails=50000} is the full form, {@code -Dekiden.soak.seed=N} another course.
 */
class SoakLongIT {
    private static final System.Logger LOG = System.getLogger(SoakLongIT.class.getName());
    private static final int MINUTES = Integer.getInteger("ekiden.soak.minutes", 60);
    private static final int MAILS = Integer.getInteger("ekiden.soak.mails", 50_000);
    private static final int MOST = 1_000_000;
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final String UNIT = "/soak";

    private static final String DEFINITION = """
            version: 1
            jobnet: /soak
            start: {receive-mail: {profile: orders, subject: [order], save: {to: "%s"}}}
            overlap: allow
            """;

    /** What goes wrong, and how often in a hundred. */
    private enum Trouble {
        CUT(45),
        CUT_LATER(20),
        KILL(13),
        RESTART(15),
        RENUMBER(7);

        private final int percent;

        Trouble(int percent) {
            this.percent = percent;
        }

        static Trouble of(int hundredth) {
            int left = hundredth;
            for (Trouble one : values()) {
                left -= one.percent;
                if (left < 0) {
                    return one;
                }
            }
            throw new IllegalArgumentException("" + hundredth);
        }
    }

    private final SystemClock clock = new SystemClock();
    private final long seed = Long.getLong("ekiden.soak.seed", 20261127);
    private final Random random = new Random(seed);
    private final Map<Trouble, Integer> troubles = new TreeMap<>();
    private final long end = clock.nanos() + TimeUnit.MINUTES.toNanos(MINUTES);

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 2, unit = TimeUnit.HOURS)
    void whatWasDeliveredIsInTheCatalogueAndInTheFilesOnceWhateverHappens() throws Exception {
        DovecotServer dovecot =
                DovecotServer.plan().user(ImapGround.USER, "secret").start();
        Path saved = Files.createDirectory(folder.resolve("saved"));
        try (TcpRelay relay = new TcpRelay(dovecot.imapPort());
                ImapGround ground = new ImapGround(
                        folder, dovecot, relay.port(), "first-look: all\nafter-receive: keyword:" + SoakPerson.TAKEN)) {
            try (Standalone up = ground.up()) {
                ImapGround.define(up, DEFINITION.formatted(saved));
            }
            SoakMails mails = new SoakMails(dovecot);
            List<SoakPerson> persons = List.of(new SoakPerson(dovecot, seed + 1), new SoakPerson(dovecot, seed + 2));
            try (ChildProcess last = live(ground, relay, mails, persons)) {
                Eventually.within(
                        WITHIN,
                        () -> "all orders to be saved: " + names(saved).size() + " of "
                                + mails.orders().size() + last.told(),
                        () -> names(saved).size() >= mails.orders().size());
                LOG.log(
                        Level.INFO,
                        "soak of {0} min: seed {1}, {2} mails ({3} orders), {4} removed by others, {5}, {6} connections",
                        MINUTES,
                        seed,
                        mails.count(),
                        mails.orders().size(),
                        persons.stream().mapToInt(SoakPerson::removed).sum(),
                        troubles,
                        relay.connections());
                reconcile(ground, last);
            }
            check(ground, mails, saved);
        }
    }

    private static List<String> names(Path saved) {
        return Stage.names(saved).stream().filter(name -> !name.startsWith(".")).toList();
    }

    /** {@return the last process, which runs} */
    private ChildProcess live(ImapGround ground, TcpRelay relay, SoakMails mails, List<SoakPerson> persons)
            throws Exception {
        List<Future<?>> work = new ArrayList<>();
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            work.add(others.submit(() -> deliver(mails)));
            for (SoakPerson person : persons) {
                work.add(others.submit(() -> visit(person)));
            }
            ChildProcess up = EkidenProcess.of("up").home(ground.home).start();
            while (clock.nanos() < end) {
                Pauses.between(random, 500, 8_000);
                up = trouble(ground, relay, mails, up);
            }
            for (Future<?> one : work) {
                one.get(10, TimeUnit.MINUTES);
            }
            return up;
        }
    }

    private void deliver(SoakMails mails) {
        Random own = new Random(seed + 3);
        long begun = clock.nanos();
        while (mails.count() < MAILS) {
            long due = begun + (long) ((end - begun) * 0.98 / MAILS * mails.count());
            long early = due - clock.nanos();
            if (early > 0) {
                Pauses.park(Duration.ofNanos(early));
            }
            if (own.nextInt(20) == 0) {
                mails.append();
            } else {
                mails.deliver();
            }
        }
    }

    private void visit(SoakPerson person) {
        Random own = new Random(seed + 4);
        while (clock.nanos() < end) {
            person.visit();
            Pauses.between(own, 0, 500);
        }
    }

    private ChildProcess trouble(ImapGround ground, TcpRelay relay, SoakMails mails, ChildProcess up) {
        Trouble what = Trouble.of(random.nextInt(100));
        troubles.merge(what, 1, Integer::sum);
        switch (what) {
            case CUT -> relay.cut();
            case CUT_LATER -> relay.cutAt(relay.down() + random.nextInt(200_000));
            case KILL -> {
                up.kill();
                return EkidenProcess.of("up").home(ground.home).start();
            }
            case RESTART -> mails.restart(() -> Pauses.between(random, 0, 500));
            case RENUMBER -> mails.restart(() -> ground.dovecot.renumber(ImapGround.USER));
        }
        return up;
    }

    /** The server and the catalogue agree; what came last may still be on its way. */
    private static void reconcile(ImapGround ground, ChildProcess up) {
        String[] said = new String[1];
        Eventually.within(WITHIN, () -> said[0] + up.told(), () -> {
            Pauses.park(Duration.ofSeconds(1));
            try (ChildProcess reconcile = EkidenProcess.of("mail", "reconcile", "orders", "--json")
                    .home(ground.home)
                    .run(WITHIN)) {
                said[0] = String.join("\n", reconcile.lines());
                return reconcile.exit().equals(java.util.OptionalInt.of(0))
                        && said[0].contains("\"unexplained\":0")
                        && said[0].contains("\"waiting\":0");
            }
        });
        LOG.log(Level.INFO, "reconcile: {0}", said[0]);
    }

    private static void check(ImapGround ground, SoakMails mails, Path saved) {
        ground.look(store -> {
            List<CatalogueMail> rows = store.read(tx -> tx.mails().list(null, null, MOST));
            Set<String> all = new HashSet<>(mails.orders());
            all.addAll(mails.others());
            onceEach(rows, all, mails);
            List<CatalogueMail> taken = store.read(tx -> tx.runs().list(UNIT, MOST)).stream()
                    .map(run -> taken(store, run))
                    .toList();
            onceEach(taken, mails.orders(), mails);
            assertThat(names(saved)).hasSize(taken.size());
            return true;
        });
    }

    /** A mail that the server has stored twice is two mails to everybody; its copies tell by their headers that they were handed over twice. */
    private static void onceEach(List<CatalogueMail> mails, Set<String> wanted, SoakMails delivered) {
        assertThat(mails.stream().map(mail -> mail.summary().subject() + " " + mail.trace()))
                .doesNotHaveDuplicates();
        List<String> subjects =
                mails.stream().map(mail -> mail.summary().subject()).toList();
        assertThat(Set.copyOf(subjects)).isEqualTo(wanted);
        Set<String> seen = new HashSet<>();
        List<String> twice =
                subjects.stream().filter(subject -> !seen.add(subject)).toList();
        LOG.log(Level.INFO, "{0} mails, {1} of them stored twice: {2}", subjects.size(), twice.size(), twice);
        assertThat(delivered.repeated()).containsAll(twice);
    }

    /** {@return the mail that the run began with, whose body was found where it was saved} */
    private static CatalogueMail taken(Store store, Run run) {
        Claim claim = store.read(tx -> tx.claims().find(Objects.requireNonNull(run.claim())))
                .orElseThrow();
        CatalogueMail mail = store.read(tx -> tx.mails().find(claim.mail())).orElseThrow();
        Path body = Path.of(
                Objects.requireNonNull(Objects.requireNonNull(claim.saved()).body()));
        try {
            assertThat(Files.readString(body))
                    .startsWith("text of " + mail.summary().subject() + "\n");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return mail;
    }
}
