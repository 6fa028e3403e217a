package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.SystemClock;
import ekiden.manager.Command;
import ekiden.manager.Reply;
import ekiden.testing.ChildProcess;
import ekiden.testing.DovecotServer;
import ekiden.testing.EkidenProcess;
import ekiden.testing.Eventually;
import ekiden.testing.TcpRelay;
import ekiden.testing.WireClient;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * 1,000 receive-mail jobs wait for words in the text of mails of one mailbox, so that each mail must be fetched; once for all of them, and about as
 * fast as for one. For a machine that does nothing else.
 */
class ManyJobsLongIT {
    private static final System.Logger LOG = System.getLogger(ManyJobsLongIT.class.getName());
    private static final int JOBS = Integer.getInteger("ekiden.many.jobs", 1_000);
    private static final int MAILS = Integer.getInteger("ekiden.many.mails", 3_000);
    private static final int ROUNDS = 5;
    /** Homes of all rounds, in bytes. */
    private static final long ROOM = 2L << 30;

    private static final double SLOWER_AT_MOST = 0.9;
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final Pattern FETCH = Pattern.compile("\\S+ UID FETCH (\\S+) \\(UID BODY\\.PEEK\\[\\]\\)");

    private final SystemClock clock = new SystemClock();
    private final AtomicLong begun = new AtomicLong();

    @TempDir(factory = InMemory.class)
    private Path folder;

    /** A disk's luck gives one round twice as much as the next; without one, what a thousand jobs cost has nothing to hide behind. */
    static final class InMemory implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
            Path memory = Path.of("/dev/shm");
            boolean room =
                    Files.isWritable(memory) && Files.getFileStore(memory).getUsableSpace() > ROOM;
            return room ? Files.createTempDirectory(memory, "ekiden") : Files.createTempDirectory("ekiden");
        }
    }

    @Test
    void eachMailIsFetchedOnceForAllJobsAsFastAsForOne() throws Exception {
        List<Double> one = new ArrayList<>();
        List<Double> many = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            one.add(rate(1, "one-" + round));
            many.add(rate(JOBS, "many-" + round));
        }
        LOG.log(Level.INFO, "mails a second for 1 job {0}, for {1} jobs {2}", one, JOBS, many);
        assertThat(median(many)).isGreaterThan(SLOWER_AT_MOST * median(one));
    }

    /** Not the best, which is a matter of luck. */
    private static double median(List<Double> rates) {
        return rates.stream().sorted().toList().get(ROUNDS / 2);
    }

    /** {@return mails a second, from the first fetch until the files of the last mail are complete} */
    private double rate(int jobs, String name) throws Exception {
        Path place = Files.createDirectory(folder.resolve(name));
        Path saved = place.resolve("saved");
        List<Long> fetched = Collections.synchronizedList(new ArrayList<>());
        begun.set(0);
        DovecotServer dovecot =
                DovecotServer.plan().user(ImapGround.USER, "secret").start();
        try (TcpRelay relay = new TcpRelay(dovecot.imapPort());
                ImapGround ground = new ImapGround(place, dovecot, relay.port(), "")) {
            relay.hear(line -> note(line, fetched));
            begin(ground, jobs, saved);
            deliver(dovecot.lmtpPort());
            try (ChildProcess up = EkidenProcess.of("up").home(ground.home).start()) {
                Eventually.within(
                        WITHIN,
                        () -> "the last mail" + up.told(),
                        () -> !names(saved).isEmpty());
                long nanos = clock.nanos() - begun.get();
                up.kill();
                assertThat(fetched).as("each mail once").hasSize(MAILS).doesNotHaveDuplicates();
                return MAILS * 1e9 / nanos;
            }
        }
    }

    private static List<String> names(Path saved) {
        return Files.isDirectory(saved)
                ? Stage.names(saved).stream()
                        .filter(name -> !name.startsWith("."))
                        .toList()
                : List.of();
    }

    private void note(String line, List<Long> fetched) {
        Matcher fetch = FETCH.matcher(line);
        if (fetch.matches()) {
            begun.compareAndSet(0, clock.nanos());
            for (String range : fetch.group(1).split(",")) {
                String[] ends = range.split(":");
                for (long uid = Long.parseLong(ends[0]); uid <= Long.parseLong(ends[ends.length - 1]); uid++) {
                    fetched.add(uid);
                }
            }
        }
    }

    /** A run in which so many jobs wait, each for a word of its own. */
    private static void begin(ImapGround ground, int jobs, Path saved) throws Exception {
        StringBuilder definition = new StringBuilder("version: 1\njobnet: /many\njobs:\n");
        for (int i = 0; i < jobs; i++) {
            definition.append(
                    "  w%1$04d: {receive-mail: {profile: orders, text: [\"needle %1$04d.\"], save: {to: \"%2$s\"}}}\n"
                            .formatted(i, saved));
        }
        try (Standalone up = ground.up()) {
            ImapGround.define(up, definition.toString());
            CompletableFuture<Reply> reply = new CompletableFuture<>();
            up.inbox().put(new Command.StartRun(up.ids().next(), "/many"), reply::complete);
            assertThat(reply.get(10, TimeUnit.SECONDS)).isInstanceOf(Reply.Started.class);
        }
    }

    private static void deliver(int port) {
        String text = "0123456789 the quick brown fox jumps over the lazy dog\r\n".repeat(70);
        try (WireClient lmtp = WireClient.connect(port)) {
            lmtp.reply();
            lmtp.ask("LHLO test");
            for (int i = 1; i <= MAILS; i++) {
                lmtp.ask("MAIL FROM:<edi@customer.example>");
                lmtp.ask("RCPT TO:<orders@ekiden.test>");
                lmtp.ask("DATA");
                String reply = lmtp.ask("From: edi@customer.example\r\nSubject: mail " + i + "\r\nMessage-ID: <" + i
                        + "@customer.example>\r\n\r\n" + text + (i == MAILS ? "needle 0000.\r\n." : "."));
                assertThat(reply).startsWith("250");
            }
        }
    }
}
