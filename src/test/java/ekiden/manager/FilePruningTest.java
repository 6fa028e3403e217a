package ekiden.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ekiden.engine.FileRetention.Why;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.ReceiveMail.ClaimRule;
import ekiden.model.definition.Retention;
import ekiden.model.definition.SaveOptions;
import ekiden.model.definition.SaveRule;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import ekiden.model.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which saved files go, why, and which never do. */
class FilePruningTest {
    private static final Duration MONTH = Duration.ofDays(30);

    private final Bench bench = new Bench();

    private static ReceiveMail start(@Nullable Retention retention) {
        SaveOptions options =
                new SaveOptions(null, null, null, SaveOptions.Collision.UNIQUE, null, retention, null, null);
        SaveRule save = new SaveRule(null, null, null, null, true, options);
        Conditions conditions = new Conditions(List.of(), List.of("x"), List.of());
        return new ReceiveMail(Bench.BOX, conditions, save, AfterReceive.NONE, ClaimRule.ALL, 5);
    }

    private String define(@Nullable Retention retention, Job... jobs) {
        return "start/" + bench.define(Bench.jobnet("/a", start(retention), Jobnet.Overlap.ALLOW, jobs));
    }

    private String taken(String watch, long bytes) {
        bench.clock.advance(Duration.ofMillis(1));
        long mail = bench.kept(bench.mail("x" + bench.ids.next(), watch)).mail();
        String claim = mail + "@" + watch;
        SavedMail saved = new SavedMail("/files/" + mail, "/files/body", null, null, List.of(), bytes, null, null);
        bench.take(new Report.MailSaved(bench.ids.next(), claim, saved, null));
        return claim;
    }

    private List<FilePruning.Item> all(boolean dry) {
        return all(bench, dry).stream()
                .filter(item -> item.what() == FilePruning.What.FILES)
                .toList();
    }

    private static List<FilePruning.Item> all(Bench bench, boolean dry) {
        List<FilePruning.Item> items = new ArrayList<>();
        FilePruning.Position from = null;
        do {
            FilePruning.Page page = ((Reply.Pruned) bench.give(new Command.Prune(from, dry))).page();
            items.addAll(page.items());
            from = page.next();
        } while (from != null);
        return items;
    }

    @Test
    void withoutARuleFilesNeverGo() {
        taken(define(null), 10);
        bench.clock.advance(Duration.ofDays(10_000));
        assertThat(all(true)).isEmpty();
    }

    @Test
    void ruleOfTheProfileHoldsWhereTheJobDoesNotSay() {
        bench.profileRetains = new Retention(MONTH, null, null);
        String claim = taken(define(null), 10);
        bench.clock.advance(MONTH.plusMillis(1));
        assertThat(all(true)).extracting(FilePruning.Item::claim).containsExactly(claim);
        define(new Retention(MONTH.multipliedBy(2), null, null));
        assertThat(all(true)).as("the job says longer").isEmpty();
        define(Retention.NEVER);
        bench.clock.advance(MONTH.multipliedBy(20));
        assertThat(all(true)).as("the job says never").isEmpty();
        define(null);
        assertThat(all(true)).hasSize(1);
        bench.profileRetains = null;
        assertThat(all(true)).isEmpty();
    }

    @Test
    void bytesOfMailsWhoseTimeIsOverAreListedWithTheFiles() {
        taken(define(null), 10);
        bench.clock.advance(bench.settings.keepMails());
        assertThat(all(bench, true)).isEmpty();
        bench.clock.advance(Duration.ofMillis(1));
        assertThat(all(bench, true))
                .extracting(FilePruning.Item::what, FilePruning.Item::mail, FilePruning.Item::why)
                .containsExactly(tuple(FilePruning.What.RAW, 1L, Why.AGE));
        assertThat(bench.outbox()).noneMatch(key -> key.startsWith("release/"));
        all(bench, false);
        assertThat(bench.outbox()).anyMatch(key -> key.startsWith("release/"));
    }

    @Test
    void mailStaysInQuarantineUntilItsTimeIsOverWhereThereIsOne() {
        bench.found(bench.unreadable("x"));
        bench.clock.advance(Duration.ofDays(10_000));
        assertThat(all(bench, true)).isEmpty();
        Bench other = new Bench(50, 1_000, MONTH);
        other.found(other.unreadable("x"));
        other.clock.advance(MONTH);
        assertThat(all(other, true)).isEmpty();
        other.clock.advance(Duration.ofMillis(1));
        assertThat(all(other, true))
                .extracting(FilePruning.Item::what, FilePruning.Item::mail)
                .containsExactly(tuple(FilePruning.What.QUARANTINE, 1L));
        assertThat(other.catalogue(1).state()).isEqualTo(CatalogueMail.State.QUARANTINED);
        other.give(new Command.Begin());
        other.give(new Command.TimerFired("retention/mails/0"));
        assertThat(other.catalogue(1).state()).isEqualTo(CatalogueMail.State.DROPPED);
        assertThat(other.outbox()).anyMatch(key -> key.startsWith("release/"));
        assertThat(other.openAlarms()).isEmpty();
    }

    @Test
    void filesGoOnceTheirAgeIsOver() {
        String claim = taken(define(new Retention(MONTH, null, null)), 10);
        bench.clock.advance(MONTH);
        assertThat(all(true)).isEmpty();
        bench.clock.advance(Duration.ofMillis(1));
        assertThat(all(true))
                .containsExactly(
                        new FilePruning.Item(FilePruning.What.FILES, claim, "/a#1", 1, "/files/1", 10, Why.AGE));
        assertThat(bench.outbox()).doesNotContain("prune/" + claim);
        all(false);
        assertThat(bench.agent.assigned(Assignment.PruneFiles.class))
                .containsExactly(new Assignment.PruneFiles(claim, "/files/1"));
    }

    @Test
    void newestFilesStayUpToTheCountThroughManyPages() {
        String watch = define(new Retention(null, 3, null));
        List<String> claims = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            claims.add(taken(watch, 10));
        }
        assertThat(all(true))
                .extracting(FilePruning.Item::claim)
                .containsExactlyElementsOf(claims.subList(0, 7).reversed());
        assertThat(all(true)).extracting(FilePruning.Item::why).containsOnly(Why.COUNT);
    }

    @Test
    void newestFilesStayUpToTheSize() {
        String watch = define(new Retention(null, null, 100L));
        String large = taken(watch, 61);
        taken(watch, 40);
        taken(watch, 60);
        assertThat(all(true)).extracting(FilePruning.Item::claim).containsExactly(large);
        assertThat(all(true)).extracting(FilePruning.Item::why).containsExactly(Why.SIZE);
    }

    @Test
    void filesOfARunThatGoesOnOrEndedBadlyStay() {
        String watch = define(new Retention(MONTH, null, null), Bench.job("a", Bench.COMMAND));
        taken(watch, 10);
        taken(watch, 10);
        List<Run> runs = bench.runs("/a");
        bench.ended(new AttemptId(runs.getFirst().id(), "a", 1), new AttemptOutcome.Exited(9));
        bench.clock.advance(MONTH.plusMillis(1));
        assertThat(all(true)).isEmpty();
        bench.clock.advance(bench.settings.keepRuns());
        assertThat(all(true))
                .extracting(FilePruning.Item::run)
                .as("it is about to be forgotten")
                .containsExactly("/a#1");
        bench.ended(new AttemptId(runs.getLast().id(), "a", 1), new AttemptOutcome.Exited(0));
        assertThat(all(true)).extracting(FilePruning.Item::run).containsExactly("/a#2", "/a#1");
    }

    @Test
    void runIsKnownAsLongAsItsFilesWaitForTheirRule() {
        String watch = define(new Retention(null, 1, null));
        String first = taken(watch, 10);
        String second = taken(watch, 10);
        taken(watch, 10);
        bench.give(new Command.Begin());
        bench.clock.advance(bench.settings.keepRuns().plusMillis(1));
        bench.give(new Command.TimerFired("retention/runs/00000000-0000-0000-0000-000000000000"));
        assertThat(bench.outbox()).noneMatch(key -> key.startsWith("forget/"));
        bench.take(new Report.FilesPruned(bench.ids.next(), first, 10, List.of()));
        bench.take(new Report.FilesPruned(bench.ids.next(), second, 10, List.of()));
        bench.give(new Command.TimerFired("retention/runs/00000000-0000-0000-0000-000000000000"));
        assertThat(bench.outbox()).filteredOn(key -> key.startsWith("forget/")).hasSize(2);
    }

    @Test
    void whatIsGoneIsNotLookedAtAgainAndWhatStayedIsTold() {
        String watch = define(new Retention(MONTH, null, null));
        String claim = taken(watch, 10);
        bench.clock.advance(MONTH.plusMillis(1));
        all(false);
        bench.take(new Report.FilesPruned(bench.ids.next(), claim, 7, List.of("notes.txt")));
        assertThat(all(true)).isEmpty();
        assertThat(bench.outbox()).doesNotContain("prune/" + claim);
        assertThat(bench.openAlarms()).contains("prune/a");
        SavedMail saved = Objects.requireNonNull(bench.claims(1).getFirst().saved());
        assertThat(saved.body()).isNull();
        assertThat(saved.pruned()).isEqualTo(new SavedMail.Pruned(bench.clock.now(), 7, List.of("notes.txt")));
    }

    @Test
    void sweepByTimerFindsTheFilesOfAllJobnets() {
        String watch = define(new Retention(null, 1, null));
        bench.define(Bench.jobnet("/b", start(new Retention(MONTH, null, null)), Jobnet.Overlap.ALLOW));
        for (int i = 0; i < 8; i++) {
            taken(watch, 10);
        }
        bench.give(new Command.TimerFired("retention/files/"));
        int fired = 1;
        for (String next = next(); next != null; next = next()) {
            String timer = next;
            bench.give(new Command.TimerFired(timer));
            bench.store.write(tx -> {
                tx.timers().cancel(timer);
                return true;
            });
            fired++;
        }
        assertThat(fired).isGreaterThan(3);
        assertThat(bench.agent.assigned(Assignment.PruneFiles.class)).hasSize(7);
    }

    private @Nullable String next() {
        return bench.store.timers().stream()
                .map(due -> due.id())
                .filter(id -> id.startsWith("retention/files/{"))
                .findFirst()
                .orElse(null);
    }
}
