package ekiden.manager;

import static ekiden.manager.Bench.job;
import static ekiden.manager.Bench.jobnet;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SendMail;
import ekiden.model.mail.Bounce;
import ekiden.model.mail.MailFacts;
import ekiden.model.mail.Returned;
import ekiden.model.run.Alarm;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import ekiden.model.run.BounceCause;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.store.Outbox;
import ekiden.testing.Extras;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReturnsTest {
    private static final SendMail SEND = new SendMail(
            "out", List.of("a@x.example"), List.of(), List.of(), "s", "t", null, List.of(), MailExtras.NONE);
    private static final Bounce.Recipient FAILED =
            new Bounce.Recipient("a@x.example", Bounce.Action.FAILED, "5.1.1", "nobody of that name");

    private final Bench bench = new Bench();

    private Run begin() {
        bench.define(jobnet("/a", null, Jobnet.Overlap.QUEUE, job("send", SEND)));
        return bench.start("/a");
    }

    private String messageId() {
        return bench.read(tx -> tx.outbox().waiting("agent", 0, 10)).stream()
                .map(Outbox.Row::assignment)
                .filter(Assignment.SubmitMail.class::isInstance)
                .map(one -> ((Assignment.SubmitMail) one).messageId())
                .findFirst()
                .orElseThrow();
    }

    private Report.Found bounce(String subject, String messageId, Bounce.Recipient... recipients) {
        Report.Found mail = bench.mail(subject);
        MailFacts facts = MailFacts.NONE.bounced(new Bounce(List.of(messageId), List.of(recipients)));
        return new Report.Found(
                mail.identity(),
                mail.raw(),
                mail.received(),
                mail.sender(),
                mail.recipient(),
                mail.sameness(),
                mail.trace(),
                mail.seen(),
                mail.summary().with(facts),
                mail.problem(),
                mail.watchVersion(),
                mail.matches());
    }

    private List<Returned> returned(Run run) {
        return bench.read(tx -> tx.sentMails().of(run.id()));
    }

    @Test
    void whatComesBackIsTiedToTheJobAndItsStatusStays() {
        Run run = begin();
        String messageId = messageId();
        bench.ended(new AttemptId(run.id(), "send", 1), new AttemptOutcome.Sent("250 ok", List.of()));
        long mail = bench.kept(bounce("b", messageId, FAILED)).mail();
        assertThat(returned(run)).singleElement().satisfies(one -> {
            assertThat(one.job()).isEqualTo("send");
            assertThat(one.mail()).isEqualTo(mail);
            assertThat(one.recipient()).isEqualTo(FAILED);
        });
        assertThat(bench.run(run.id()).status()).isEqualTo(RunStatus.ENDED_NORMALLY);
    }

    @Test
    void theSameReadTwiceCountsOnce() {
        Run run = begin();
        Report.Found first = bounce("b", messageId(), FAILED);
        bench.kept(first);
        bench.kept(first);
        bench.kept(bounce("another copy", messageId(), FAILED));
        assertThat(returned(run)).hasSize(1);
        bench.kept(bounce(
                "later", messageId(), new Bounce.Recipient("a@x.example", Bounce.Action.DELIVERED, "2.0.0", "")));
        assertThat(returned(run)).hasSize(2);
    }

    @Test
    void whatNamesNoMailOfOursIsForgotten() {
        Run run = begin();
        String forged = messageId().replaceFirst("<.", "<x");
        bench.kept(bounce("b", forged, FAILED));
        assertThat(returned(run)).isEmpty();
        assertThat(bench.<Integer>read(tx -> tx.sentMails().count(forged))).isZero();
    }

    private void defineForBounces() {
        MailExtras extras = Extras.onBounce("/back");
        SendMail send =
                new SendMail("out", List.of("a@x.example"), List.of(), List.of(), "s", "t", null, List.of(), extras);
        RunCommand command = new RunCommand(
                List.of("tell", "${bounce.code}", "${bounce.recipients}"),
                Map.of("TEXT", "${bounce.text}", "ID", "${bounce.message-id}", "OF", "${bounce.run} ${bounce.job}"),
                null,
                0,
                0);
        bench.define(jobnet("/a", null, Jobnet.Overlap.QUEUE, job("send", send)));
        bench.define(jobnet("/back", null, Jobnet.Overlap.ALLOW, job("tell", command)));
    }

    private List<Run> back() {
        return bench.read(tx -> tx.runs().list("/back", 100));
    }

    @Test
    void aMailThatCameBackStartsARunOnceWithWhatIsSaidOfIt() {
        defineForBounces();
        Run run = bench.start("/a");
        String messageId = messageId();
        Report.Found first = bounce("b", messageId, FAILED);
        long mail = bench.kept(first).mail();
        bench.kept(first);
        bench.kept(bounce("another copy", messageId, FAILED));
        assertThat(back()).singleElement().satisfies(started -> {
            assertThat(started.bounce()).isEqualTo(new BounceCause(messageId, run.label(), "send", mail));
            assertThat(started.status()).isEqualTo(RunStatus.RUNNING);
        });
        List<Outbox.Row> rows = bench.read(tx -> tx.outbox().waiting("agent", 0, 10));
        assertThat(rows.stream().map(Outbox.Row::assignment).filter(Assignment.ExecuteCommand.class::isInstance))
                .singleElement()
                .satisfies(one -> {
                    Assignment.ExecuteCommand command = (Assignment.ExecuteCommand) one;
                    assertThat(command.command()).containsExactly("tell", "5.1.1", "a@x.example");
                    assertThat(command.environment())
                            .containsEntry("TEXT", "nobody of that name")
                            .containsEntry("ID", messageId)
                            .containsEntry("OF", "/a#1 send");
                });
        Bounce.Recipient other = new Bounce.Recipient("b@x.example", Bounce.Action.FAILED, "5.1.1", "");
        bench.kept(bounce("of another", messageId, other));
        assertThat(back()).hasSize(2);
    }

    private List<Assignment.TellDelivered> told() {
        return bench.read(tx -> tx.outbox().waiting("agent", 0, 10)).stream()
                .map(Outbox.Row::assignment)
                .filter(Assignment.TellDelivered.class::isInstance)
                .map(Assignment.TellDelivered.class::cast)
                .toList();
    }

    private static Bounce.Recipient became(String address, Bounce.Action action) {
        return new Bounce.Recipient(address, action, "2.0.0", "");
    }

    @Test
    void noticesOfDeliveryReachWhoSendsWhileTheJobRunsAndStartNothing() {
        defineForBounces();
        Run run = bench.start("/a");
        String messageId = messageId();
        bench.kept(bounce("late", messageId, became("a@x.example", Bounce.Action.DELAYED)));
        assertThat(told()).isEmpty();
        bench.kept(bounce("one", messageId, became("a@x.example", Bounce.Action.RELAYED)));
        bench.kept(bounce(
                "two",
                messageId,
                became("b@x.example", Bounce.Action.DELIVERED),
                became("c@x.example", Bounce.Action.EXPANDED)));
        AttemptId attempt = new AttemptId(run.id(), "send", 1);
        assertThat(told())
                .containsExactly(
                        new Assignment.TellDelivered(attempt, List.of("a@x.example", "b@x.example", "c@x.example")));
        assertThat(returned(run)).hasSize(4);
        assertThat(back()).isEmpty();

        bench.ended(attempt, new AttemptOutcome.Sent("left", List.of()));
        assertThat(told()).isEmpty();
        bench.kept(bounce("three", messageId, became("d@x.example", Bounce.Action.DELIVERED)));
        assertThat(told()).isEmpty();
        assertThat(returned(run)).hasSize(5);
        assertThat(bench.run(run.id()).status()).isEqualTo(RunStatus.ENDED_NORMALLY);
    }

    @Test
    void ofAnAliasThatReachedOneAndNotAnotherNothingShowsThatTheMailArrived() {
        defineForBounces();
        Run run = bench.start("/a");
        String messageId = messageId();
        AttemptId attempt = new AttemptId(run.id(), "send", 1);
        bench.kept(bounce("one", messageId, became("all@x.example", Bounce.Action.DELIVERED)));
        assertThat(told()).containsExactly(new Assignment.TellDelivered(attempt, List.of("all@x.example")));
        bench.kept(bounce("two", messageId, new Bounce.Recipient("All@x.example", Bounce.Action.FAILED, "5.1.1", "")));
        assertThat(told()).containsExactly(new Assignment.TellDelivered(attempt, List.of()));
        bench.kept(bounce("three", messageId, became("b@x.example", Bounce.Action.DELIVERED)));
        assertThat(told()).containsExactly(new Assignment.TellDelivered(attempt, List.of("b@x.example")));
    }

    @Test
    void whoeverForgesBouncesStartsOnlySoManyRuns() {
        defineForBounces();
        bench.start("/a");
        String messageId = messageId();
        int most = ManagerSettings.defaults("a", Path.of("/f"), Path.of("/a")).runsPerReturned();
        for (int i = 0; i <= most; i++) {
            bench.kept(bounce("b" + i, messageId, new Bounce.Recipient("u" + i, Bounce.Action.FAILED, "5.0.0", "")));
        }
        assertThat(back()).hasSize(most);
    }

    @Test
    void aJobnetThatWasDeletedIsTold() {
        defineForBounces();
        bench.start("/a");
        bench.give(new Command.Delete("/back"));
        bench.kept(bounce("b", messageId(), FAILED));
        List<Alarm> alarms = bench.read(tx -> tx.alarms().list(true, 10));
        assertThat(alarms)
                .singleElement()
                .satisfies(alarm -> assertThat(alarm.problem().id()).isEqualTo("EKDM0675-W"));
    }

    @Test
    void ofOneMailOnlySoManyAreNoted() {
        Run run = begin();
        String messageId = messageId();
        int most = ManagerSettings.defaults("a", Path.of("/f"), Path.of("/a")).returnsPerMail();
        for (int batch = 0; batch * Bounce.MAX_RECIPIENTS <= most; batch++) {
            int from = batch * Bounce.MAX_RECIPIENTS;
            bench.kept(bounce(
                    "b" + batch,
                    messageId,
                    IntStream.range(from, from + Bounce.MAX_RECIPIENTS)
                            .mapToObj(i -> new Bounce.Recipient("u" + i + "@x", Bounce.Action.FAILED, "5.0.0", ""))
                            .toArray(Bounce.Recipient[]::new)));
        }
        assertThat(returned(run)).hasSize(most);
    }
}
