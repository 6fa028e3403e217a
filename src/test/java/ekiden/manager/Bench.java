package ekiden.manager;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Ids;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.engine.RunFold;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.Retention;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SaveRule;
import ekiden.model.definition.UnitName;
import ekiden.model.mail.Address;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Sameness;
import ekiden.model.mail.SavedMail;
import ekiden.model.mail.Trace;
import ekiden.model.mail.UidKey;
import ekiden.model.mail.UidSet;
import ekiden.model.run.Alarm;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import ekiden.model.run.Claim;
import ekiden.model.run.RecordedEvent;
import ekiden.model.run.Run;
import ekiden.model.run.RunEvent;
import ekiden.model.run.Watch;
import ekiden.store.Outbox;
import ekiden.store.Transaction;
import ekiden.store.memory.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A manager on a store in memory, and the words of an agent. After each command every history is folded and compared. */
final class Bench {
    static final String BOX = "orders";
    static final Problem WRONG = new Problem("EKDA9999-E", MessageId.Kind.PERMANENT, Map.of());
    static final RunCommand COMMAND = new RunCommand(List.of("true"), Map.of(), null, 0, 4);

    final MemoryStore store = new MemoryStore();
    final SetClock clock = new SetClock();
    final Ids ids = new Ids(clock);
    final RecordingAgent agent = new RecordingAgent();
    final ManagerSettings settings;
    final Manager manager;
    private int places;

    /** What the profile says is done with each mail that was taken, or null. */
    @Nullable
    AfterReceive profileSays;

    /** When files of the profile's jobs may go, or null. */
    @Nullable
    Retention profileRetains;

    Bench() {
        this(50);
    }

    Bench(int testBatch) {
        this(testBatch, 1_000);
    }

    Bench(int testBatch, int lookBatch) {
        this(testBatch, lookBatch, Duration.ofDays(36_500));
    }

    Bench(int testBatch, int lookBatch, Duration keepQuarantine) {
        ManagerSettings defaults = ManagerSettings.defaults("agent", Path.of("/files"), Path.of("/attempts"));
        settings = new ManagerSettings(
                defaults.agent(),
                defaults.files(),
                defaults.attempts(),
                defaults.inbox(),
                defaults.batch(),
                testBatch,
                lookBatch,
                defaults.joinWindow(),
                defaults.joinWindowUndated(),
                defaults.keepReports(),
                defaults.forgetReports(),
                3,
                defaults.forgetPause(),
                defaults.keepMails(),
                defaults.keepRuns(),
                keepQuarantine,
                defaults.returnsPerMail(),
                defaults.runsPerReturned(),
                3);
        manager = new Manager(store, clock, ids, settings, agent, new Rules());
    }

    private final class Rules implements ProfileRules {
        @Override
        public Optional<AfterReceive> after(String profile) {
            return Optional.ofNullable(profile.equals(BOX) ? profileSays : null);
        }

        @Override
        public Optional<Retention> retention(String profile) {
            return Optional.ofNullable(profile.equals(BOX) ? profileRetains : null);
        }
    }

    static ReceiveMail rule(String subject, ReceiveMail.ClaimRule claim, AfterReceive after) {
        return new ReceiveMail(
                BOX, new Conditions(List.of(), List.of(subject), List.of()), SaveRule.DEFAULT, after, claim, 5);
    }

    static ReceiveMail rule(String subject) {
        return rule(subject, ReceiveMail.ClaimRule.ALL, AfterReceive.NONE);
    }

    static Job job(String name, ekiden.model.definition.Work work, String... needs) {
        return new Job(name, List.of(needs), work, null, Job.OnTimeout.KILL);
    }

    static Jobnet jobnet(String unit, @Nullable ReceiveMail start, Jobnet.Overlap overlap, Job... jobs) {
        return new Jobnet(new UnitName(unit), start, null, overlap, List.of(jobs));
    }

    static Jobnet jobnet(String unit, @Nullable ReceiveMail start) {
        return jobnet(unit, start, Jobnet.Overlap.ALLOW, job("a", COMMAND));
    }

    /** Carries out commands as one batch. */
    List<Reply> batch(Command... commands) {
        List<Reply> replies = new ArrayList<>();
        List<Manager.Envelope> envelopes = new ArrayList<>();
        for (Command command : commands) {
            envelopes.add(new Manager.Envelope(command, replies::add));
        }
        manager.process(envelopes);
        historiesAreTheRows();
        return replies;
    }

    Reply give(Command command) {
        List<Reply> replies = batch(command);
        assertThat(replies).hasSize(1);
        return replies.getFirst();
    }

    void take(Report report) {
        assertThat(give(new Command.TakeReport(report))).isInstanceOf(Reply.Done.class);
    }

    UUID define(Jobnet jobnet) {
        Reply reply = give(new Command.Define(ids.next(), jobnet, "/defs"));
        return ((Reply.Defined) reply).definition().id();
    }

    Run start(String unit) {
        return ((Reply.Started) give(new Command.StartRun(ids.next(), unit))).run();
    }

    /** A mail with these words as its subject; equal words are equal bytes. */
    Report.Found mail(String subject, String... matches) {
        byte[] hash = HexFormat.of().parseHex("%064x".formatted(subject.hashCode() & 0xffff_ffffL));
        String sha = HexFormat.of().formatHex(hash);
        MailSummary summary = new MailSummary(
                List.of(new Address(null, "edi@x.example")),
                List.of(),
                List.of(),
                subject,
                null,
                "<" + sha + "@x.example>",
                List.of(),
                List.of(),
                null,
                null,
                List.of());
        return new Report.Found(
                new MailIdentity(BOX, sha),
                new RawMail("place-" + ++places, 100, sha),
                clock.now(),
                "edi@x.example",
                "orders@here.example",
                Sameness.DATED,
                null,
                false,
                summary,
                null,
                version(),
                List.of(matches));
    }

    Report.Found unreadable(String subject) {
        Report.Found mail = mail(subject);
        return new Report.Found(
                mail.identity(),
                mail.raw(),
                mail.received(),
                mail.sender(),
                mail.recipient(),
                Sameness.DATED,
                null,
                false,
                MailSummary.UNREADABLE,
                WRONG,
                -1,
                List.of());
    }

    Verdict found(Report.Found... mails) {
        Reply reply = give(new Command.TakeMails(new Report.MailsFound(ids.next(), List.of(mails), null)));
        return ((Reply.Judged) reply).verdict();
    }

    Verdict.KeptMail kept(Report.Found mail) {
        return ((Verdict.Kept) found(mail)).mails().getFirst();
    }

    void saved(String claim) {
        take(new Report.MailSaved(
                ids.next(), claim, new SavedMail("/files/x", "/files/x/body.txt", null, null, List.of()), null));
    }

    void notSaved(String claim) {
        take(new Report.MailSaved(ids.next(), claim, null, WRONG));
    }

    void ended(AttemptId attempt, AttemptOutcome outcome) {
        take(new Report.AttemptEnded(ids.next(), attempt, outcome));
    }

    void exited(Run run, String job, int code) {
        ended(new AttemptId(run.id(), job, 1), new AttemptOutcome.Exited(code));
    }

    void tested(String watch, long upTo, Long... matches) {
        List<Report.Match> found = Stream.of(matches)
                .map(mail -> new Report.Match(
                        mail,
                        new RawMail("late-" + mail, 100, "cd"),
                        catalogue(mail).summary()))
                .toList();
        take(new Report.MailsTested(ids.next(), watch, batch(watch, upTo), found, List.of()));
    }

    /** What the newest batch of a watch that leads so far is called. */
    String batch(String watch, long upTo) {
        return agent.assigned(Assignment.TestMails.class).reversed().stream()
                .filter(test ->
                        test.watch().equals(watch) && test.mails().getLast().mail() == upTo)
                .findFirst()
                .map(Assignment.TestMails::batch)
                .orElse("none");
    }

    /** A quarantined mail at a server, whose bytes are not here: its number in the catalogue. */
    long quarantinedAtTheServer(String subject) {
        Report.Found there = unreadable(subject);
        Report.Found mail = new Report.Found(
                new UidKey("INBOX", 7, 1).identity(BOX),
                null,
                there.received(),
                null,
                null,
                Sameness.UID,
                new Trace(100, "%064x".formatted(1)),
                false,
                there.summary(),
                WRONG,
                -1,
                List.of());
        Report.Settled settled = new Report.Settled(BOX, "INBOX", 7, UidSet.of(1));
        Command.TakeMails found = new Command.TakeMails(new Report.MailsFound(ids.next(), List.of(mail), settled));
        Verdict verdict = ((Reply.Judged) give(found)).verdict();
        return ((Verdict.Kept) verdict).mails().getFirst().mail();
    }

    /** As before, and then its folder gets other UIDs, and it is not found under them. */
    long renumberedAway(String subject) {
        long mail = quarantinedAtTheServer(subject);
        Report.Plan plan = new Report.Plan(0, 0, 0, UidSet.EMPTY);
        take(new Report.Rebound(ids.next(), BOX, "INBOX", 7, 8, List.of(), plan));
        return mail;
    }

    void acted(long mail, @Nullable Problem problem) {
        take(new Report.AfterReceiveDone(ids.next(), List.of(new Report.Treated(mail, false, problem))));
    }

    <T> T read(Function<Transaction, T> work) {
        return store.read(work);
    }

    long version() {
        return read(tx -> tx.watches().version(BOX));
    }

    List<Run> runs(String unit) {
        return read(tx -> tx.runs().list(unit, 1_000)).stream()
                .sorted(Comparator.comparingLong(Run::number))
                .toList();
    }

    Run run(UUID id) {
        return read(tx -> tx.runs().find(id)).orElseThrow();
    }

    List<Watch> watches() {
        return read(tx -> tx.watches().on(BOX));
    }

    List<Claim> claims(long mail) {
        return read(tx -> tx.claims().of(mail));
    }

    CatalogueMail catalogue(long mail) {
        return read(tx -> tx.mails().find(mail)).orElseThrow();
    }

    List<String> outbox() {
        return outbox(1_000);
    }

    List<String> outbox(int most) {
        return read(tx -> tx.outbox().waiting("agent", 0, most)).stream()
                .map(Outbox.Row::assignment)
                .map(Assignment::key)
                .toList();
    }

    List<String> openAlarms() {
        return read(tx -> tx.alarms().list(true, 1_000)).stream()
                .map(Alarm::key)
                .toList();
    }

    /** The version of a unit's last change of a run is the number of its transactions; its history folds to it. */
    private void historiesAreTheRows() {
        for (Run run : read(tx -> tx.runs().list(null, 10_000))) {
            List<RecordedEvent> history = read(tx -> tx.runs().history(run.id(), 0, 10_000));
            RecordedEvent first = history.getFirst();
            Run folded = RunFold.create(run.id(), (RunEvent.RunCreated) first.event(), first.at());
            for (RecordedEvent event : history.subList(1, history.size())) {
                folded = RunFold.apply(folded, event.event(), event.at());
            }
            assertThat(folded)
                    .usingRecursiveComparison()
                    .ignoringFields("version")
                    .isEqualTo(run);
            Set<UUID> ofEvents = new HashSet<>();
            history.forEach(event -> ofEvents.add(event.id()));
            assertThat(ofEvents).hasSameSizeAs(history);
        }
    }
}
