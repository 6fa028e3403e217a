package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.mail.receive.ReaderLimits;
import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.CatalogueMail.State;
import ekiden.model.mail.UidSet;
import ekiden.model.run.Claim;
import ekiden.testing.MemoryDisk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder at a server, from its first look on. */
class FolderReaderTest {
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private final ReaderWorld world = new ReaderWorld();

    private static Problem lost() {
        return Problem.of(ReceiveMessage.LOST, "host", "memory");
    }

    @Test
    void unreadMailsThatLieThereAtTheFirstLookAreTakenAndReadOnesAreNot() {
        long read = world.deliver("order 1");
        world.inbox.addFlags(UidSet.of(read), Set.of("\\Seen"));
        long unread = world.deliver("order 2");
        world.start();
        world.define("/a", "order", AfterReceive.READ);
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.row(unread).state()).isEqualTo(State.READ);
        assertThat(world.inbox.flags(unread)).contains("\\Seen");
        assertThat(world.catalogue()).hasSize(1);
        assertThat(world.cursor().orElseThrow().settled()).isEqualTo(UidSet.between(1, 2));
    }

    @Test
    void fromNowOnMeansThatNothingThatLiesThereCounts() {
        world.settings = with(ReaderSettings.FirstLook.NOW);
        world.deliver("order 1");
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        assertThat(world.runs("/a")).isEmpty();
        world.deliver("order 2");
        world.step(MOMENT);
        assertThat(world.runs("/a")).hasSize(1);
    }

    @Test
    void allMeansThatReadMailsCountToo() {
        world.settings = with(ReaderSettings.FirstLook.ALL);
        long uid = world.deliver("order 1");
        world.inbox.addFlags(UidSet.of(uid), Set.of("\\Seen"));
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        assertThat(world.runs("/a")).hasSize(1);
    }

    private ReaderSettings with(ReaderSettings.FirstLook firstLook) {
        ReaderSettings usual = world.settings;
        return new ReaderSettings(
                firstLook,
                usual.attention(),
                usual.deadline(),
                usual.grace(),
                usual.maxSize(),
                usual.sameContent(),
                usual.renumbered(),
                usual.limits());
    }

    @Test
    void mailThatNobodyWantsLeavesNoFileAndNoMarkAtTheServer() {
        world.start();
        world.define("/a", "order", AfterReceive.READ);
        world.step(MOMENT);
        long uid = world.deliver("lunch");
        world.step(MOMENT);
        assertThat(world.row(uid).state()).isEqualTo(State.UNREAD);
        assertThat(world.row(uid).raw()).isNull();
        assertThat(world.row(uid).summary().subject()).isEqualTo("lunch");
        assertThat(world.spooled()).isEmpty();
        assertThat(world.inbox.flags(uid)).isEmpty();
        assertThat(world.agent().readers().getFirst().bytes()).isZero();
    }

    @Test
    void textIsFetchedOnlyWhereATextIsAskedFor() {
        world.start();
        world.define("/a", new Conditions(List.of(), List.of("order"), List.of("urgent")), AfterReceive.NONE);
        world.step(MOMENT);
        world.inbox.deliver(world.mail("order 1", "take your time"), world.time.now());
        world.inbox.deliver(world.mail("order 2", "urgent"), world.time.now());
        world.inbox.deliver(world.mail("lunch", "urgent"), world.time.now());
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.catalogue()).hasSize(3);
        assertThat(world.spooled()).isEmpty();
    }

    @Test
    void mailThatArrivesDuringReconnectIsNotLost() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        world.faults.fail(lost());
        world.faults.fail(lost());
        world.deliver("order 1");
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
    }

    @Test
    void severalMailsOvertakenByALaterOneStayUnsettledUntilTheyAreRead() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        long slow = world.inbox.announce(world.mail("order slow", "x"), world.time.now());
        world.deliver("order fast");
        world.step(MOMENT);
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.cursor().orElseThrow().settled().contains(slow)).isFalse();
        world.inbox.readable(slow);
        world.step(MOMENT);
        assertThat(world.runs("/a")).hasSize(2);
    }

    @Test
    void mailThatIsAnnouncedAndNeverReadableIsTold() {
        world.start();
        long uid = world.inbox.announce(world.mail("order", "x"), world.time.now());
        world.step(Duration.ofMinutes(2));
        assertThat(world.alarms()).contains("announced/orders/INBOX/" + uid);
    }

    /** Dovecot says BYE where it cannot read the file of a mail. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mailAtWhichTheServerEndsTheSessionDoesNotHoldUpTheOthers(boolean onlyItsBody) {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        world.deliver("order 1");
        long bad = world.deliver("order 2");
        world.deliver("order 3");
        world.faults.endAt(bad, onlyItsBody);
        world.step(Duration.ofSeconds(30));
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.alarms()).contains("announced/orders/INBOX/" + bad);
        world.deliver("order 4");
        world.step(MOMENT);
        assertThat(world.runs("/a")).as("nothing waits for it").hasSize(3);
        world.step(Duration.ofMinutes(10));
        assertThat(world.alarms()).contains("announced/orders/INBOX/" + bad);
        world.faults.endAtNothing();
        world.step(ReaderLimits.DEFAULT.longestBackOff().plus(MOMENT));
        assertThat(world.runs("/a")).hasSize(4);
        assertThat(world.alarms()).isEmpty();
    }

    /** That is no matter of one mail: they are read when the server is well again, and nobody hears of each. */
    @Test
    void serverThatEndsEachSessionAtTheFirstFetchIsNotTakenForManyBadMails() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        for (int i = 0; i < 50; i++) {
            world.faults.endAt(world.deliver("order " + i), false);
        }
        world.step(Duration.ofHours(3));
        assertThat(world.alarms())
                .filteredOn(key -> key.startsWith("announced/"))
                .hasSizeLessThanOrEqualTo(10);
        assertThat(world.alarms()).contains("mailbox/orders/INBOX");
        world.faults.endAtNothing();
        world.step(Duration.ofMinutes(6));
        assertThat(world.runs("/a")).hasSize(50);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void restartTakesNothingTwiceAndMissesNothing() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        world.deliver("order 1");
        world.step(MOMENT);
        world.kill();
        world.deliver("order 2");
        world.start();
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
    }

    @Test
    void bytesThatWereFetchedBeforeTheProcessEndedAreUsedAgain() {
        fetchedBeforeTheProcessEnds();
        world.start();
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.agent().readers().getFirst().bytes()).isZero();
        assertThat(world.spooled()).isEmpty();
    }

    private long fetchedBeforeTheProcessEnds() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        long uid = world.deliver("order 1");
        world.time.until(() -> world.spooled().size() == 1);
        world.kill();
        return uid;
    }

    @Test
    void bytesOfAMailThatAnotherClientReadMeanwhileAreRemoved() {
        long uid = fetchedBeforeTheProcessEnds();
        world.inbox.addFlags(UidSet.of(uid), Set.of("\\Seen"));
        world.start();
        world.settle();
        assertThat(world.row(uid).state()).isEqualTo(State.READ_ELSEWHERE);
        assertThat(world.spooled()).isEmpty();
    }

    @Test
    void bytesOfAMailThatIsGoneMeanwhileAreRemoved() {
        long uid = fetchedBeforeTheProcessEnds();
        world.inbox.expunge(UidSet.of(uid));
        world.deliver("lunch");
        world.start();
        world.step(Duration.ofMinutes(30));
        assertThat(world.spooled()).isEmpty();
    }

    @Test
    void bytesOfAMailThatIsGoneAreRemovedThoughNoMailIsThereAnyMore() {
        long uid = fetchedBeforeTheProcessEnds();
        world.inbox.expunge(UidSet.of(uid));
        long last = world.deliver("lunch");
        world.start();
        world.step(MOMENT);
        assertThat(world.cursor().orElseThrow().settled().contains(last)).isTrue();
        world.inbox.expunge(UidSet.of(last));
        world.step(Duration.ofMinutes(30));
        assertThat(world.spooled()).isEmpty();
    }

    @Test
    void bytesOfTheNewestMailThatIsGoneAreRemovedBeforeAnotherMailComes() {
        long uid = fetchedBeforeTheProcessEnds();
        world.inbox.expunge(UidSet.of(uid));
        world.start();
        world.step(Duration.ofMinutes(30));
        assertThat(world.spooled()).isEmpty();
        assertThat(world.cursor().orElseThrow().settled().contains(uid)).isFalse();
    }

    /** What the process before told the manager may arrive after the new one has asked which bytes are unknown. */
    @Test
    void reportOfTheProcessBeforeThatComesLateFindsItsBytes() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        world.reports().hold();
        String tooLong = "X: " + "x".repeat(1000) + "\r\n";
        long uid = world.inbox.deliver(
                (tooLong.repeat(2_000) + "\r\n").getBytes(StandardCharsets.US_ASCII), world.time.now());
        world.time.until(() -> world.reports().held() == 1);
        world.kill();
        world.opens = false;
        world.start();
        world.step(MOMENT);
        world.reports().letGo();
        world.opens = true;
        world.settle();
        assertThat(world.row(uid).state()).isEqualTo(State.QUARANTINED);
        String place = Objects.requireNonNull(world.row(uid).raw()).place();
        assertThat(world.spooled()).hasSize(1).first().asString().startsWith(place);
    }

    /** A mail is taken, nobody hears of it, and its files cannot be written yet. */
    private long takenWithoutAnAnswer() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        world.reports().hold();
        long uid = world.deliver("order 1");
        world.time.until(() -> world.reports().held() == 1);
        world.disk.capacity(0);
        world.reports().letGo();
        world.step(Duration.ofMillis(1));
        assertThat(world.runs("/a")).hasSize(1);
        return uid;
    }

    private void savedOnceThereIsRoom() {
        world.disk.capacity(Long.MAX_VALUE);
        world.step(Duration.ofMinutes(10));
        long mail = world.catalogue().getFirst().id();
        List<Claim> claims = world.store.read(tx -> tx.claims().of(mail));
        assertThat(claims).singleElement().extracting(Claim::state).isEqualTo(Claim.State.SAVED);
        assertThat(world.spooled()).isEmpty();
    }

    @Test
    void bytesOfATakenMailStayWhereTheReportComesAgainAndNoWatchWantsItAnyMore() {
        takenWithoutAnAnswer();
        world.define("/a", "invoice", AfterReceive.NONE);
        world.step(Duration.ofMinutes(1));
        savedOnceThereIsRoom();
    }

    @Test
    void bytesOfATakenMailStayWhereTheReportComesAgainAndTheFolderIsRenumberedByThen() {
        takenWithoutAnAnswer();
        world.reports().hold();
        world.inbox.renumber(99, 40);
        world.time.until(() -> world.cursor().orElseThrow().uidValidity() == 99);
        world.reports().letGo();
        world.step(Duration.ofMinutes(1));
        savedOnceThereIsRoom();
    }

    @Test
    void mailThatAnotherClientReadFirstIsRecordedAndTriggersNothing() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        world.faults.fail(lost());
        long uid = world.deliver("order 1");
        world.inbox.addFlags(UidSet.of(uid), Set.of("\\Seen"));
        world.settle();
        assertThat(world.runs("/a")).isEmpty();
        assertThat(world.row(uid).state()).isEqualTo(State.READ_ELSEWHERE);
    }

    @Test
    void mailThatAPersonMarksUnreadAgainDoesNotTriggerAgain() {
        world.start();
        world.define("/a", "order", AfterReceive.READ);
        world.step(MOMENT);
        long uid = world.deliver("order 1");
        world.settle();
        world.inbox.removeFlags(UidSet.of(uid), Set.of("\\Seen"));
        world.deliver("lunch");
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
    }

    @Test
    void mailBeyondTheLargestSizeIsQuarantinedWithoutItsBytes() {
        world.mailsUpTo(300);
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        long large = world.inbox.deliver(world.mail("order 1", "x".repeat(300)), world.time.now());
        world.deliver("order 2");
        world.settle();
        assertThat(world.row(large).state()).isEqualTo(State.QUARANTINED);
        assertThat(world.row(large).raw()).isNull();
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.alarms()).contains("quarantine/" + world.row(large).id());
        world.give(new ekiden.manager.Command.ReleaseMail(world.row(large).id()));
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.row(large).state()).isEqualTo(State.UNREAD);
    }

    /** Nothing of what was fetched for a release stays behind, wherever the process ends in the middle of it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void releaseThatIsCutOffByTheEndOfTheProcessLeavesNoBytes(int operations) {
        world.mailsUpTo(300);
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        long large = world.inbox.deliver(world.mail("order 1", "x".repeat(300)), world.time.now());
        world.settle();
        world.give(new ekiden.manager.Command.ReleaseMail(world.row(large).id()));
        world.disk.stopAfter(operations);
        try {
            world.settle();
        } catch (MemoryDisk.Stopped here) {
            assertThat(world.disk.stopped()).isTrue();
        }
        world.kill();
        world.start();
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.spooled()).isEmpty();
        assertThat(world.alarms()).doesNotContain("spool/settled");
    }

    @Test
    void bytesThatCameWholeForAReleaseBeforeTheConnectionBrokeAreUsed() {
        world.mailsUpTo(300);
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        byte[] large = world.mail("order 1", "x".repeat(300));
        long uid = world.inbox.deliver(large, world.time.now());
        world.settle();
        world.faults.loseBehindBody();
        world.give(new ekiden.manager.Command.ReleaseMail(world.row(uid).id()));
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.agent().readers().getFirst().bytes()).isEqualTo(large.length);
        assertThat(world.spooled()).isEmpty();
    }

    @Test
    void ofALargeMailThatComesOneSeesHowMuchIsHereAndOfASmallOneNothing() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        byte[] large = world.mail("order 1", "0123456789".repeat(200_000));
        List<ReaderStatus.@Nullable Receiving> seen = new ArrayList<>();
        world.faults.halfway(() -> seen.add(world.agent().readers().getFirst().receiving()));
        world.inbox.deliver(large, world.time.now());
        world.settle();
        world.deliver("order 2");
        world.settle();
        assertThat(seen).containsExactly(new ReaderStatus.Receiving(large.length / 2, large.length), null);
        assertThat(world.agent().readers().getFirst().receiving()).isNull();
    }

    @Test
    void whatWasCutIsNotOnItsWay() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        world.faults.cutAfter(1_500_000);
        world.faults.halfway(() -> world.inbox.expunge(UidSet.of(1)));
        world.inbox.deliver(world.mail("order 1", "0123456789".repeat(200_000)), world.time.now());
        world.settle();
        assertThat(world.agent().readers().getFirst().receiving()).isNull();
    }

    @Test
    void largeMailThatIsCutThreeTimesIsFetchedOnFromWhereItWasCut() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        byte[] large = world.mail("order 1", "0123456789".repeat(500_000));
        world.faults.cutAfter(2_000_000);
        world.inbox.deliver(large, world.time.now());
        world.step(MOMENT);
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.agent().readers().getFirst().bytes()).isEqualTo(large.length);
    }

    @Test
    void largeMailThatIsCutIsFetchedAnewWhereTheServerGivesNoParts() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        byte[] large = world.mail("order 1", "0123456789".repeat(500_000));
        world.faults.cutAfter(2_000_000);
        world.faults.refuseParts();
        world.inbox.deliver(large, world.time.now());
        world.deliver("order 2");
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.alarms()).isEmpty();
    }
}
