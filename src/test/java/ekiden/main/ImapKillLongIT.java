package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.ChildProcess;
import ekiden.testing.Eventually;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process reads a mailbox on a real Dovecot, and one of them is ended again and again at random moments. The seed and where the mails
 * stood are printed; {@code -Dekiden.kill.seed=N} repeats a seed, {@code -Dekiden.kill.mails=N -Dekiden.kill.kills=N} are other numbers than 300
 * and 20.
 */
class ImapKillLongIT {
    private static final System.Logger LOG = System.getLogger(ImapKillLongIT.class.getName());
    private static final int MAILS = Integer.getInteger("ekiden.kill.mails", 300);
    private static final int KILLS = Integer.getInteger("ekiden.kill.kills", 20);
    /** For each of the two sides that is ended. */
    private static final int BIG_MAILS = 5;

    private static final long BIG = 50_000_000;
    private static final long SLOW = 20_000_000;
    private static final long FETCHED_WITH = 40_000_000;
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final long seed = Long.getLong("ekiden.kill.seed", 20261127);
    private final Random random = new Random(seed);
    private final Map<Stage, Integer> met = new EnumMap<>(Stage.class);
    private int number;

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyMailHasOneRunHoweverOftenItsReaderIsKilled() throws Exception {
        try (ImapKillGround ground = new ImapKillGround(folder);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int kill = 0; kill < KILLS; kill++) {
                oneLife(ground, clients, MAILS * (kill + 1) / KILLS);
            }
            finish("its reader killed", ground, MAILS);
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyMailHasOneRunHoweverOftenItsServerIsRestarted() throws Exception {
        try (ImapKillGround ground = new ImapKillGround(folder);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            try (ChildProcess up = ground.start()) {
                up.awaitLine("ready", READY_WITHIN);
                for (int restart = 0; restart < KILLS; restart++) {
                    boolean await = random.nextInt(4) > 0;
                    oneRestart(ground, clients, up, MAILS * (restart + 1) / KILLS, await);
                }
                ground.awaitEnds(up, MAILS);
                up.kill();
            }
            finish("its server restarted", ground, MAILS);
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void slowBigMailsThatSmallOnesOvertakeHaveOneRunTooWhoeverIsEnded() throws Exception {
        int small = MAILS / 5;
        try (ImapKillGround ground = new ImapKillGround(folder);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            ground.relay.rate(FETCHED_WITH);
            for (int kill = 0; kill < KILLS; kill++) {
                sendBig(ground, clients, kill, 0);
                oneLife(ground, clients, small / 2 * (kill + 1) / KILLS);
            }
            try (ChildProcess up = ground.start()) {
                for (int restart = 0; restart < KILLS; restart++) {
                    sendBig(ground, clients, restart, BIG_MAILS);
                    int connections = ground.relay.connections();
                    List<Future<?>> sent =
                            send(ground, clients, small / 2 + (small - small / 2) * (restart + 1) / KILLS);
                    Pauses.between(random, 0, 2_000);
                    ground.restartServer(() -> Pauses.between(random, 0, 300));
                    await(sent);
                    Eventually.within(READY_WITHIN, up::told, () -> ground.relay.connections() > connections);
                }
                ground.awaitEnds(up, small + 2 * BIG_MAILS);
                up.kill();
            }
            finish("both ended, big mails", ground, small + 2 * BIG_MAILS);
        }
    }

    /** Mails come in, and the server is ended at a random moment while they are read. */
    private void oneRestart(
            ImapKillGround ground, ExecutorService clients, ChildProcess up, int upTo, boolean awaitReader)
            throws Exception {
        int connections = ground.relay.connections();
        List<Future<?>> sent = send(ground, clients, upTo);
        Pauses.between(random, 0, 400);
        ground.restartServer(() -> Pauses.between(random, 0, 300));
        await(sent);
        if (awaitReader) {
            Eventually.within(READY_WITHIN, up::told, () -> ground.relay.connections() > connections);
        }
    }

    /** Those big mails whose turn it is; they come in while others do. */
    private static void sendBig(ImapKillGround ground, ExecutorService clients, int turn, int before) {
        for (int big = BIG_MAILS * turn / KILLS; big < BIG_MAILS * (turn + 1) / KILLS; big++) {
            int name = 10_000 + before + big;
            clients.submit(() -> ground.deliverSlowly(name, BIG, SLOW));
        }
    }

    /** A process that is killed at a random moment: of its start, or behind it while mails come in. */
    private void oneLife(ImapKillGround ground, ExecutorService clients, int upTo) throws Exception {
        try (ChildProcess up = ground.start()) {
            int connections = ground.relay.connections();
            if (random.nextInt(4) > 0) {
                Eventually.within(READY_WITHIN, up::told, () -> ground.relay.connections() > connections);
            }
            List<Future<?>> sent = send(ground, clients, upTo);
            // A server tells of a mail half a second later, and then all goes quickly.
            Pauses.between(random, 0, 1_200);
            up.kill();
            await(sent);
        }
        note(ground);
    }

    private List<Future<?>> send(ImapKillGround ground, ExecutorService clients, int upTo) {
        List<Future<?>> sent = new ArrayList<>();
        for (; number < upTo; number++) {
            RepeatingClient.Mail mail = RepeatingClient.Mail.of(number, 10_000, number % 10 == 0 ? 4_000_000 : 100_000);
            sent.add(clients.submit(() -> ground.deliver(mail)));
        }
        return sent;
    }

    private static void await(List<Future<?>> sent) throws Exception {
        for (Future<?> one : sent) {
            one.get(5, TimeUnit.MINUTES);
        }
    }

    private void note(ImapKillGround ground) {
        Stage.of(ground.ground.home, ImapKillGround.UNIT).forEach((stage, count) -> {
            if (count > 0) {
                met.merge(stage, count, Integer::sum);
            }
        });
    }

    /** A last life that goes on until everything is done. */
    private void finish(String what, ImapKillGround ground, int mails) {
        ground.relay.rate(0);
        try (ChildProcess last = ground.start()) {
            ground.awaitEnds(last, mails);
            last.kill();
        }
        LOG.log(
                Level.INFO,
                "{0} {1} times: seed {2}, {3} mails, {4} connections; where mails stood at the ends {5}, what was asked last {6}",
                what,
                KILLS,
                seed,
                mails,
                ground.relay.connections(),
                met,
                ground.asked);
        ground.check();
        assertThat(ground.relay.connections()).isGreaterThanOrEqualTo(KILLS / 2);
    }
}
