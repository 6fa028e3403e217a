package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.receive.ReaderPhase;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.CatalogueMail.State;
import ekiden.model.mail.UidSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers, networks and other clients do, and mailbox readers have lost or doubled mails over. */
class ServerTroubleTest {
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private static final AfterReceive DELETE = new AfterReceive(false, null, null, true);
    private final ReaderWorld world = new ReaderWorld();

    private static Problem problem(ReceiveMessage message) {
        return Problem.of(message, "host", "memory", "port", 0, "folder", "INBOX", "reply", "");
    }

    private void watching(AfterReceive after) {
        world.start();
        world.define("/a", "order", after);
        world.step(MOMENT);
    }

    private ReaderStatus reader() {
        return world.agent().readers().getFirst();
    }

    private long put(String text, Instant received) {
        return world.inbox.deliver(text.getBytes(StandardCharsets.US_ASCII), received);
    }

    @Test
    void serverThatEndsItsSessionsEveryThreeHoursIsWatchedOnForAWeek() {
        watching(AfterReceive.READ);
        int ends = 7 * 24 / 3;
        for (int i = 1; i <= ends; i++) {
            world.faults.fail(problem(i % 2 == 0 ? ReceiveMessage.CLOSING : ReceiveMessage.LOST));
            world.step(Duration.ofHours(3));
            world.deliver("order " + i);
        }
        world.settle();
        assertThat(world.runs("/a")).hasSize(ends);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void timeOfTheLastAnswerStandsStillWhileNothingAnswers() {
        watching(AfterReceive.NONE);
        Instant before = Objects.requireNonNull(reader().answered());
        world.opens = false;
        world.faults.fail(problem(ReceiveMessage.LOST));
        world.step(Duration.ofHours(35));
        Instant last = Objects.requireNonNull(reader().answered());
        assertThat(last).isBetween(before, before.plusSeconds(60));
        assertThat(world.alarm("mailbox/orders/INBOX").id()).isEqualTo(ReceiveMessage.LOGIN_REFUSED.id());
        world.opens = true;
        world.step(Duration.ofMinutes(6));
        assertThat(reader().answered()).isAfter(last);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void connectionThatCannotBeMadeAgainIsToldHoweverItFails() {
        watching(AfterReceive.NONE);
        List<ReceiveMessage> causes = List.of(
                ReceiveMessage.LOST,
                ReceiveMessage.STALLED,
                ReceiveMessage.NO_CONNECTION,
                ReceiveMessage.UNKNOWN_HOST,
                ReceiveMessage.CLOSING,
                ReceiveMessage.NOT_NOW);
        for (ReceiveMessage cause : causes) {
            for (int i = 0; i < 8; i++) {
                world.faults.fail(problem(cause));
            }
            world.step(Duration.ofMinutes(2));
            assertThat(world.alarm("mailbox/orders/INBOX").id()).isEqualTo(cause.id());
            assertThat(reader().phase()).isIn(ReaderPhase.BACKING_OFF, ReaderPhase.CONNECTING);
            world.step(Duration.ofMinutes(10));
            assertThat(world.alarms()).as("after " + cause).isEmpty();
        }
        world.deliver("order 1");
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
    }

    /** Whichever call it hits: an opening, a search, a look, a fetch, a mark. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14})
    void connectionThatBreaksWhileMailsAreMatchedEndsNoReaderAndDoublesNothing(int tasks) {
        world.start();
        Conditions text = new Conditions(List.of(), List.of(), List.of("urgent"));
        world.define("/a", text, AfterReceive.READ);
        world.step(MOMENT);
        world.inbox.deliver(world.mail("order 1", "urgent"), world.time.now());
        world.inbox.deliver(world.mail("order 2", "urgent"), world.time.now());
        world.time.some(tasks);
        world.faults.fail(problem(ReceiveMessage.LOST));
        world.settle();
        world.inbox.deliver(world.mail("order 3", "urgent"), world.time.now());
        world.settle();
        assertThat(world.runs("/a")).hasSize(3);
        assertThat(world.catalogue()).hasSize(3).allMatch(mail -> mail.state() == State.READ);
    }

    @Test
    void mailIsTakenOnceHoweverOftenTheConnectionBreaks() {
        watching(AfterReceive.NONE);
        world.deliver("order 1");
        world.settle();
        for (int i = 0; i < 20; i++) {
            world.faults.fail(problem(ReceiveMessage.LOST));
            world.step(Duration.ofMinutes(3));
        }
        assertThat(reader().connections()).isGreaterThan(15);
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.catalogue()).hasSize(1);
    }

    @Test
    void announcedMailThatCannotBeReadIsNotRemovedWithAnother() {
        watching(DELETE);
        long early = world.inbox.announce(world.mail("order 1", "x"), world.time.now());
        world.deliver("order 2");
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.inbox.uids()).containsExactly(early);
        assertThat(world.cursor().orElseThrow().settled().contains(early)).isFalse();
        world.inbox.readable(early);
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.inbox.uids()).isEmpty();
    }

    @Test
    void mailsWithOneMessageIdAreAllTaken() {
        watching(AfterReceive.NONE);
        for (int i = 1; i <= 3; i++) {
            put("Subject: order\r\nMessage-ID: <same@x.example>\r\n\r\ntext " + i + "\r\n", world.time.now());
        }
        world.settle();
        assertThat(world.runs("/a")).hasSize(3);
    }

    @Test
    void mailsWithoutMessageIdAlikeInSenderSubjectAndSecondAreAllTakenOnce() {
        watching(AfterReceive.NONE);
        for (int i = 1; i <= 3; i++) {
            put(
                    "From: a@x.example\r\nSubject: order\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\ntext " + i
                            + "\r\n",
                    world.time.now());
        }
        world.settle();
        world.faults.fail(problem(ReceiveMessage.LOST));
        world.settle();
        assertThat(world.runs("/a")).hasSize(3);
        assertThat(world.catalogue()).hasSize(3);
    }

    /** Neither the server's clock, decades off and going back, nor the dates in the mails are a cursor. */
    @Test
    void mailsOfOneSecondWithDatesOfOtherDecadesAreAllTakenOnce() {
        watching(AfterReceive.NONE);
        List<Instant> clock = List.of(
                Instant.parse("2057-01-01T00:00:00Z"),
                Instant.parse("1970-01-01T00:00:00Z"),
                Instant.parse("1996-02-29T12:00:00Z"));
        for (int i = 0; i < 14; i++) {
            String date = i % 2 == 0 ? "Thu, 01 Jan 1970 00:00:00 +0000" : "Fri, 31 Dec 2099 23:59:60 +0000";
            put(
                    "Subject: order " + i + "\r\nDate: " + date + "\r\n\r\nx\r\n",
                    Objects.requireNonNull(clock.get(i % 3)));
        }
        world.settle();
        world.kill();
        world.start();
        put("Subject: order last\r\n\r\nx\r\n", Instant.EPOCH);
        world.settle();
        assertThat(world.runs("/a")).hasSize(15);
        assertThat(world.catalogue()).hasSize(15);
    }

    @Test
    void mailThatNobodyWantsIsLookedAtOnce() {
        watching(AfterReceive.READ);
        world.inbox.announce(world.mail("not there yet", "x"), world.time.now());
        for (int i = 0; i < 300; i++) {
            world.deliver("lunch " + i);
        }
        world.settle();
        assertThat(world.faults.looked()).isEqualTo(300);
        world.step(Duration.ofMinutes(20));
        world.faults.fail(problem(ReceiveMessage.LOST));
        world.step(Duration.ofMinutes(20));
        world.kill();
        world.start();
        world.step(Duration.ofMinutes(20));
        assertThat(world.faults.looked())
                .as("no mail a second time, but the last ones with each session")
                .isEqualTo(300 + 2 * PutBack.LAST);
        assertThat(reader().bytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mailThatTheServerRefusesToHandOutHoldsUpNoOther(boolean header) {
        watching(AfterReceive.READ);
        long bad = world.inbox.uidNext() + 1;
        if (header) {
            world.faults.refuse(bad);
        } else {
            world.faults.refuseBody(bad);
        }
        world.deliver("order 1");
        world.deliver("order that cannot be converted");
        world.deliver("order 3");
        world.settle();
        world.deliver("order 4");
        world.settle();
        assertThat(world.runs("/a")).hasSize(3);
        assertThat(world.alarms()).containsExactly("announced/orders/INBOX/" + bad);
        assertThat(world.inbox.flags(bad)).isEmpty();
        assertThat(world.cursor().orElseThrow().settled().contains(bad)).isFalse();
        world.inbox.expunge(UidSet.of(bad));
        world.settle();
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void oldMailThatTheServerRefusesToHandOutHoldsUpNoLateWatch() {
        world.start();
        world.step(MOMENT);
        world.deliver("order 1");
        long bad = world.deliver("order 2");
        world.deliver("order 3");
        world.settle();
        world.faults.refuse(bad);
        world.define("/a", "order", AfterReceive.READ);
        world.settle();
        world.deliver("order 4");
        world.settle();
        assertThat(world.runs("/a")).hasSize(3);
    }

    @Test
    void mailThatTheServerGivesNoHintOfIsFoundByTheNextLook() {
        watching(AfterReceive.NONE);
        world.step(Duration.ofHours(1));
        world.mute = true;
        world.deliver("order 1");
        world.step(world.settings.longestPause().plusSeconds(1));
        assertThat(world.runs("/a")).hasSize(1);
    }

    @Test
    void folderWithoutUidValidityIsToldAndTakesNothing() {
        world.folder("Unstable", 0).deliver(world.mail("order 0", "x"), world.time.now());
        watching(AfterReceive.READ);
        world.deliver("order 1");
        world.settle();
        assertThat(world.alarm("mailbox/orders/Unstable").id()).isEqualTo(ReceiveMessage.NO_UIDVALIDITY.id());
        assertThat(world.runs("/a")).as("only that of the other folder").hasSize(1);
        assertThat(world.catalogue()).hasSize(1);
    }

    @Test
    void folderThatIsRenamedWhileItIsWatchedIsToldAndTakenUpWhenItComesBack() {
        world.folder("Archive", 9);
        watching(AfterReceive.READ);
        var inbox = Objects.requireNonNull(world.folders.remove("INBOX"));
        world.faults.fail(problem(ReceiveMessage.NO_FOLDER));
        world.settle();
        assertThat(world.alarm("mailbox/orders/INBOX").id()).isEqualTo(ReceiveMessage.NO_FOLDER.id());
        Objects.requireNonNull(world.folders.get("Archive")).deliver(world.mail("order 1", "x"), world.time.now());
        world.settle();
        assertThat(world.runs("/a")).as("the other folder goes on").hasSize(1);
        world.folders.put("INBOX", inbox);
        world.deliver("order 2");
        world.step(Duration.ofMinutes(6));
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void emptyMailIsKnownAndMatchesWhatAnyMailMatches() {
        world.start();
        world.define("/a", "order", AfterReceive.READ);
        world.define("/any", new Conditions(List.of(), List.of(""), List.of()), AfterReceive.READ);
        world.step(MOMENT);
        long empty = put("", world.time.now());
        world.deliver("order 1");
        world.settle();
        assertThat(Objects.requireNonNull(world.row(empty).trace()).size()).isZero();
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.runs("/any")).hasSize(2);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void mailboxOfAMillionReadMailsIsSettledByOneLook() {
        UidSet old = UidSet.between(1, 1_000_000);
        world.inbox.fill(old, world.mail("order of old", "x"), world.time.now());
        world.inbox.addFlags(old, Set.of("\\Seen"));
        watching(AfterReceive.READ);
        world.deliver("order 1");
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.faults.looked()).isEqualTo(1);
        assertThat(world.cursor().orElseThrow().settled()).isEqualTo(UidSet.between(1, 1_000_001));
    }

    @Test
    void answerThatIsNoMailboxCountsForNothing() {
        world.opens = false;
        world.start();
        world.step(Duration.ofMinutes(1));
        assertThat(reader().answered()).isNull();
        assertThat(world.alarm("mailbox/orders/INBOX")).isEqualTo(reader().problem());
        assertThat(Result.failed(Objects.requireNonNull(reader().problem())))
                .isEqualTo(Result.failed(ReceiveMessage.LOGIN_REFUSED, "host", "memory"));
    }
}
