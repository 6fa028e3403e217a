package ekiden.agent;

import static ekiden.agent.AgentRig.command;
import static ekiden.agent.AgentRig.kill;
import static ekiden.agent.AgentRig.mail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ekiden.base.MessageId;
import ekiden.json.Json;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.mail.send.ComposeLimits;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.model.definition.MailExtras;
import ekiden.model.run.AttemptOutcome;
import ekiden.testing.MemoryMailSender.Fate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts between a kill, a full house and notes that cannot be read. */
class AttemptsTest {
    private final AgentRig rig = new AgentRig(1);

    private static String id(MessageId message) {
        return message.id();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9", "143"})
    void jobThatEndsWithZeroOnItsTimeoutIsTimedOut(String code) {
        rig.give(command("load"));
        rig.give(kill("load"));
        assertThat(rig.programs.killed).contains("load");
        rig.programs.end("load", code);
        assertThat(rig.outcome("load")).isEqualTo(new AttemptOutcome.Killed());
    }

    /** It would hold its place for ever, and a sender can choose such a name. */
    @Test
    void commandWhoseFolderCanNeverBeMadeDoesNotHoldItsPlace() throws IOException {
        rig.write(Path.of("/work"), "a file");
        rig.give(command("load"));
        assertThat(rig.outcome("load")).isInstanceOfSatisfying(AttemptOutcome.NotStarted.class, not -> {
            assertThat(not.problem().id()).isEqualTo(id(AgentMessage.CANNOT_START));
            assertThat(not.again()).isFalse();
        });
        assertThat(rig.programs.begun).isEmpty();
        assertThat(rig.disk.exists(rig.file("load", "started"))).isTrue();
    }

    @Test
    void killThatComesBehindTheEndOfTheProgramChangesNothing() throws IOException {
        rig.give(command("load"));
        rig.write(rig.file("load", "exit"), "0");
        rig.give(kill("load"));
        rig.programs.end("load", "0");
        assertThat(rig.outcome("load")).isEqualTo(new AttemptOutcome.Exited(0));
    }

    @Test
    void killOfACommandThatWaitsForRoomEndsItAtOnce() {
        rig.give(command("first"));
        rig.give(command("second"));
        rig.give(command("third"));
        rig.give(kill("second"));
        assertThat(rig.outcome("second")).isEqualTo(new AttemptOutcome.Killed());
        assertThat(rig.outcome("third")).isNull();
        rig.programs.end("first", "0");
        assertThat(rig.programs.begun).containsExactly("first", "third");
        rig.programs.end("third", "0");
        rig.give(command("fourth"));
        rig.give(command("fifth"));
        assertThat(rig.programs.begun).containsExactly("first", "third", "fourth");
    }

    @Test
    void commandThatWasKilledBeforeItCameToWaitIsNotBegun() {
        rig.give(command("first"));
        rig.give(kill("second"));
        rig.give(command("second"));
        assertThat(rig.outcome("second")).isEqualTo(new AttemptOutcome.Killed());
    }

    @Test
    void killOfAMailThatWaitsToBeSentAgainEndsItAtOnce() {
        rig.sender.next(Fate.NOT_REACHABLE);
        rig.give(mail("answer"));
        assertThat(rig.outcome("answer")).isNull();
        rig.give(kill("answer"));
        assertThat(rig.outcome("answer")).isEqualTo(new AttemptOutcome.Killed());
        rig.advance(Duration.ofDays(2));
        assertThat(rig.sender.submissions()).isEqualTo(1);
        assertThat(rig.agent().isIdle()).isTrue();
    }

    @Test
    void mailThatIsTriedAgainLaterSaysSoAndWhen() {
        rig.sender.next(Fate.NOT_NOW);
        rig.give(mail("answer"));
        Report.AttemptPutOff putOff =
                rig.manager.reports(Report.AttemptPutOff.class).getFirst();
        assertThat(putOff.until()).isEqualTo(rig.now().plus(rig.settings.sendRetryInterval()));
        assertThat(putOff.problem().id()).isEqualTo(id(AgentMessage.SEND_PUT_OFF));
        assertThat(putOff.problem().values()).containsEntry("because", SendMessage.NOT_NOW.id());
        rig.advance(rig.settings.sendRetryInterval());
        assertThat(rig.outcome("answer")).isInstanceOf(AttemptOutcome.Sent.class);
    }

    @Test
    void aLaterTrySendsWhatTheFirstOneWouldHaveSentAlsoAfterARestart() throws IOException {
        rig.disk.makeFolders(Path.of("/texts"));
        rig.write(Path.of("/texts/answer.txt"), "as it was");
        rig.sender.putsOff("grey@shop.example", 2);
        Assignment.SubmitMail mail = textIn("/texts/answer.txt", "customer@shop.example", "grey@shop.example");
        rig.give(mail);
        rig.write(Path.of("/texts/answer.txt"), "as it became");
        rig.advance(rig.settings.sendRetryInterval());
        rig.restart();
        rig.disk.delete(Path.of("/texts/answer.txt"));
        rig.give(mail);
        rig.advance(rig.settings.sendRetryInterval());
        assertThat(rig.outcome("answer")).isInstanceOf(AttemptOutcome.Sent.class);
        assertThat(rig.sender.arrivals()).hasSize(2);
        String first = rig.sender.arrivals().getFirst().mail().content();
        assertThat(first).contains("as it was");
        assertThat(rig.sender.arrivals().getLast().mail().content()).isEqualTo(first);
    }

    @Test
    void aMailThatWasNotKeptWholeIsComposedAgain() throws IOException {
        rig.disk.makeFolders(Path.of("/texts"));
        rig.write(Path.of("/texts/answer.txt"), "as it was");
        rig.sender.next(Fate.NOT_NOW);
        Assignment.SubmitMail mail = textIn("/texts/answer.txt", "customer@shop.example");
        rig.give(mail);
        rig.write(Path.of("/texts/answer.txt"), "as it became");
        rig.write(rig.file("answer", "mail.eml"), "torn");
        rig.advance(rig.settings.sendRetryInterval());
        assertThat(rig.sender.arrivals()).hasSize(1);
        assertThat(rig.sender.arrivals().getLast().mail().content()).contains("as it became");
    }

    private static Assignment.SubmitMail textIn(String file, String... to) {
        return mail("answer", List.of(to), file, MailExtras.NONE);
    }

    /** Neither a shorter pause nor more tries because the process was started again meanwhile. */
    @Test
    void pauseBeforeTheNextTryAndTheNumberOfTriesOutliveARestart() {
        Duration interval = rig.settings.sendRetryInterval();
        for (int tries = 0; tries <= rig.settings.sendRetries(); tries++) {
            rig.sender.next(Fate.NOT_REACHABLE);
        }
        rig.give(mail("answer"));
        for (int tries = 1; tries <= rig.settings.sendRetries(); tries++) {
            rig.advance(interval.dividedBy(2));
            rig.restart();
            rig.give(mail("answer"));
            assertThat(rig.sender.submissions()).as("before try %s", tries).isEqualTo(tries);
            rig.advance(interval.dividedBy(2).minusSeconds(1));
            assertThat(rig.sender.submissions()).as("before try %s", tries).isEqualTo(tries);
            rig.advance(Duration.ofSeconds(1));
            assertThat(rig.sender.submissions()).as("after try %s", tries).isEqualTo(tries + 1);
        }
        assertThat(rig.outcome("answer")).isInstanceOf(AttemptOutcome.NotSent.class);
    }

    @Test
    void mailIsNotHeldBackForDaysByAClockThatWasSetBack() {
        rig.sender.next(Fate.NOT_REACHABLE);
        rig.give(mail("answer"));
        rig.setBack(Duration.ofDays(3));
        rig.restart();
        rig.give(mail("answer"));
        rig.advance(rig.settings.sendRetryInterval());
        assertThat(rig.outcome("answer")).isInstanceOf(AttemptOutcome.Sent.class);
    }

    /** Some may have it already, and who they are is lost. */
    @Test
    void mailOfWhichCannotBeReadWhoHasItIsUncertain() throws IOException {
        rig.disk.makeFolders(
                Objects.requireNonNull(rig.file("answer", "started").getParent()));
        rig.write(rig.file("answer", "put-off"), "{\"made\":");
        rig.give(mail("answer"));
        assertThat(rig.outcome("answer")).isInstanceOf(AttemptOutcome.Uncertain.class);
        assertThat(rig.sender.submissions()).isZero();
    }

    @Test
    void whoWasPutOffGetsTheMailLaterAndNobodyGetsItTwiceAlsoAfterARestart() {
        rig.sender.putsOff("grey@shop.example", 1).refuses("gone@shop.example");
        Assignment.SubmitMail mail = mail("answer", "customer@shop.example", "grey@shop.example", "gone@shop.example");
        rig.give(mail);
        assertThat(rig.outcome("answer")).isNull();
        rig.restart();
        rig.give(mail);
        rig.advance(rig.settings.sendRetryInterval());
        assertThat(rig.sender.arrivals())
                .extracting(arrival -> arrival.mail().recipients())
                .containsExactly(List.of("customer@shop.example"), List.of("grey@shop.example"));
        assertThat(rig.outcome("answer"))
                .isInstanceOfSatisfying(
                        AttemptOutcome.Sent.class,
                        sent -> assertThat(sent.refused())
                                .extracting(AttemptOutcome.Refusal::recipient)
                                .containsExactly("gone@shop.example"));
    }

    @Test
    void killBetweenTwoTriesSaysWhoHasTheMailAndWhoHasNot() {
        rig.sender.putsOff("grey@shop.example", 9);
        rig.give(mail("answer", "customer@shop.example", "grey@shop.example"));
        rig.give(kill("answer"));
        assertThat(rig.outcome("answer"))
                .isInstanceOfSatisfying(
                        AttemptOutcome.Sent.class,
                        sent -> assertThat(sent.refused())
                                .extracting(AttemptOutcome.Refusal::recipient)
                                .containsExactly("grey@shop.example"));
    }

    @Test
    void mailThatWasAtItsEndInALaterTryIsUncertainAndNotTriedAgain() throws IOException {
        rig.sender.next(Fate.NOT_REACHABLE);
        rig.give(mail("answer"));
        rig.write(rig.file("answer", "ending-data"), "");
        rig.restart();
        rig.give(mail("answer"));
        assertThat(rig.outcome("answer")).isInstanceOf(AttemptOutcome.Uncertain.class);
        assertThat(rig.sender.submissions()).isEqualTo(1);
    }

    @Test
    void killOfAMailThatIsAtTheServerLeavesItSent() {
        rig.give(mail("answer"));
        rig.give(kill("answer"));
        assertThat(rig.outcome("answer")).isInstanceOf(AttemptOutcome.Sent.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"kind\":\"Se", "null", "[1]", "{}"})
    void outcomeThatCannotBeReadIsUncertain(String left) throws IOException {
        rig.disk.makeFolders(
                Objects.requireNonNull(rig.file("answer", "started").getParent()));
        rig.write(rig.file("answer", "outcome"), left);
        rig.give(mail("answer"));
        assertThat(rig.outcome("answer"))
                .isInstanceOfSatisfying(
                        AttemptOutcome.Uncertain.class,
                        uncertain ->
                                assertThat(uncertain.problem().id()).isEqualTo(id(AgentMessage.OUTCOME_UNREADABLE)));
        assertThat(rig.sender.submissions()).isZero();
        assertThat(rig.agent().isIdle()).isTrue();
    }

    /** Whatever a server says to a thousand recipients can be read again after a crash. */
    @Test
    void outcomeWithManyLongRefusalsIsReadAgain() throws IOException {
        SendOutcome.Refusal refusal = new SendOutcome.Refusal("r".repeat(998), 550, "\u0001".repeat(400_000));
        List<SendOutcome.Refusal> all = Collections.nCopies(ComposeLimits.DEFAULT.recipients(), refusal);
        Tries.Next next = Tries.NONE.after(
                new SendOutcome.PerRecipient("ok", List.of("a@x.example"), all),
                new Tries.Rule(3, Duration.ofMinutes(1)),
                rig.now());
        AttemptOutcome outcome = ((Tries.Next.Over) next).outcome();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        AttemptOutcome.Sent.class,
                        sent -> assertThat(sent.refused().getFirst().answer()).hasSize(MailDrafts.MAX_ANSWER));
        rig.disk.makeFolders(
                Objects.requireNonNull(rig.file("answer", "started").getParent()));
        rig.write(rig.file("answer", "outcome"), Json.write(outcome));
        rig.give(mail("answer"));
        assertThat(rig.outcome("answer")).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "exit,x",
        "exit,''",
        "exit,-5",
        "exit,256",
        "exit,99999999999",
        "pid,nonsense",
        "pid,99999999999999999999999999 5",
        "pid,''",
        "started,other"
    })
    void commandWhoseNotesAreDamagedIsUnknown(String note, String text) throws IOException {
        rig.disk.makeFolders(Objects.requireNonNull(rig.file("load", "started").getParent()));
        rig.write(rig.file("load", "started"), "boot");
        rig.write(rig.file("load", note), text);
        rig.give(command("load"));
        rig.advance(rig.settings.startGrace());
        assertThat(rig.outcome("load")).isInstanceOf(AttemptOutcome.Unknown.class);
        assertThat(rig.agent().isIdle()).isTrue();
    }

    @Test
    void bugInAskingDoesNotEndTheAsking() {
        rig.manager.bug = new IllegalStateException("planted by the test");
        // the real tasks log it
        assertThat(catchThrowable(() -> rig.advance(rig.settings.sweep().multipliedBy(2))))
                .hasMessage("planted by the test");
        rig.manager.bug = null;
        rig.manager.waiting.add(command("load"));
        rig.advance(rig.settings.sweep().multipliedBy(2));
        assertThat(rig.programs.begun).contains("load");
        assertThat(rig.manager.reports(Report.AttemptStarted.class)).hasSize(1);
    }
}
