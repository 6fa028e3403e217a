package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
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
import ekiden.model.run.Run;
import ekiden.model.run.Watch;
import ekiden.testing.Eventually;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start condition that comes to a mailbox with many old mails. {@code -Dekiden.late.mails=100000} is the long form. */
class LateWatchIT {
    private static final System.Logger LOG = System.getLogger(LateWatchIT.class.getName());
    private static final int OLD = Integer.getInteger("ekiden.late.mails", 5_000);
    private static final int PROBES = 10;
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private static final String OTHER = """
            version: 1
            jobnet: /test/orders
            start: {receive-mail: {profile: orders, subject: [order]}}
            overlap: allow
            jobs: {load: {command: ["true"]}}
            """;

    private final Clock clock = new SystemClock();
    private final Ids ids = new Ids(clock);

    @TempDir
    private Path folder;

    @Test
    void newWatchOverManyOldMailsDoesNotHoldUpTheMailsOfOthers() throws Exception {
        KillGround ground = new KillGround(folder, OTHER, "");
        new KeptMails(new HomePaths(ground.home)).fill(OLD, clock.now());
        Result<Standalone> opened =
                new Up(new HomePaths(ground.home), Locale.ROOT, Terminal.system()).open(SmtpdListener.NONE);
        try (Standalone up = ((Result.Ok<Standalone>) opened).value()) {
            RepeatingClient client = new RepeatingClient(ground.port);
            long begun = clock.nanos();
            define(up, OTHER.replace("/test/orders", "/test/late").replace("[order]", "[\"old 999.\"]"));
            CompletableFuture<Long> tested = CompletableFuture.supplyAsync(() -> {
                Eventually.within(WITHIN, () -> isTested(up));
                return millisSince(begun);
            });
            List<Long> accepted = new ArrayList<>();
            List<Long> ended = new ArrayList<>();
            int still = 0;
            for (int i = 0; i < PROBES; i++) {
                still += isTested(up) ? 0 : 1;
                long sent = clock.nanos();
                client.send(RepeatingClient.Mail.of(i, 1_000, 2_000), WITHIN);
                accepted.add(millisSince(sent));
                int wanted = i + 1;
                Eventually.within(WITHIN, () -> endedRuns(up, "/test/orders") == wanted);
                ended.add(millisSince(sent));
            }
            long all = tested.get(WITHIN.toSeconds(), TimeUnit.SECONDS);
            LOG.log(
                    Level.INFO,
                    "late watch: {0} old mails tested in {1} ms; {2} mails of another watch sent meanwhile: 250 after {3} ms, run ended after {4} ms",
                    OLD,
                    all,
                    still,
                    accepted,
                    ended);
            Eventually.within(WITHIN, () -> endedRuns(up, "/test/late") == 1);
            assertThat(accepted).allMatch(millis -> millis < 1_000);
        }
    }

    private long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanos() - nanos);
    }

    private static boolean isTested(Standalone up) {
        return up.store().read(tx -> tx.watches().on("orders")).stream().allMatch(Watch::joined);
    }

    private static long endedRuns(Standalone up, String unit) {
        List<Run> runs = up.store().read(tx -> tx.runs().list(unit, 1_000));
        return runs.stream().filter(run -> run.status().ended()).count();
    }

    private void define(Standalone up, String text) throws Exception {
        DefinitionReading.Read read = (DefinitionReading.Read) DefinitionYaml.read("late.yaml", text);
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        up.inbox().put(new Command.Define(ids.next(), read.jobnet(), folder.toString()), reply::complete);
        assertThat(reply.get(10, TimeUnit.SECONDS)).isInstanceOf(Reply.Defined.class);
    }
}
