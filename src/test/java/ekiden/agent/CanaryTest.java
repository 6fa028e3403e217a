package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.mail.receive.CanaryLimits;
import ekiden.mail.receive.CanaryNote;
import ekiden.mail.receive.CanaryPhase;
import ekiden.mail.receive.CanaryPlan;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.send.MailDraft;
import ekiden.model.definition.AfterReceive;
import ekiden.testing.MemoryMailSender.Fate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Canaries in a whole agent: sent to the mailbox it watches, recognised there, told where they do not come. */
class CanaryTest {
    private static final String ALARM = "canary/orders";
    private static final Duration EVERY = Duration.ofMinutes(15);
    private static final Duration WITHIN = Duration.ofMinutes(5);

    private final ReaderWorld world = new ReaderWorld();
    private int arrived;

    @BeforeEach
    void wanted() {
        world.sends = true;
        world.canaries = List.of(order(ReaderWorld.BOX));
    }

    private static CanaryOrder order(String mailbox) {
        return new CanaryOrder(
                mailbox, "out", "orders@here.example", new CanaryPlan(EVERY, WITHIN, CanaryLimits.DEFAULT));
    }

    /** A watch that wants every mail. */
    private void started() {
        world.start();
        world.define("/a", "", AfterReceive.NONE);
        world.step(Duration.ofMinutes(1));
    }

    /** What was sent and not yet delivered arrives. */
    private void deliver() {
        world.sender.arrivals().stream()
                .skip(arrived)
                .forEach(mail -> world.inbox.deliver(bytes(mail.mail().content()), world.time.now()));
        arrived = world.sender.arrivals().size();
        world.step(Duration.ofSeconds(1));
    }

    private static byte[] bytes(String mail) {
        return mail.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String sent(int which) {
        return world.sender.arrivals().get(which).mail().content();
    }

    private CanaryNote note() {
        return world.agent().canaries().getFirst().note();
    }

    private void nobodyWasBothered() {
        assertThat(world.runs("/a")).isEmpty();
        assertThat(world.catalogue()).isEmpty();
        assertThat(world.spooled()).isEmpty();
        assertThat(world.outbox()).isEmpty();
    }

    /** No file but the key and the note. */
    private List<String> files() {
        Path folder = ReaderWorld.HOME.resolve("canaries");
        return world.disk.files().keySet().stream()
                .filter(file -> file.startsWith(folder))
                .map(file -> String.valueOf(file.getFileName()))
                .map(name -> name.replaceAll("[0-9a-f-]{36}", "NOTE"))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"NOT_REACHABLE", "NOT_NOW", "LOST_IN_BODY", "LOSE", "REFUSE"},
            value = Fate.class)
    void oneThatCannotBeSentIsAnAlarmUntilOneArrives(Fate fate) {
        Fate[] present = {fate};
        world.sender.otherwise(() -> present[0]);
        started();
        world.step(WITHIN);
        Problem problem = world.alarm(ALARM);
        assertThat(problem.id()).isEqualTo(ReceiveMessage.CANARY_UNSENT.id());
        assertThat(problem.values()).containsEntry("sender", "out").containsKey("because");
        assertThat(note().phase()).isEqualTo(CanaryPhase.UNSENT);
        present[0] = Fate.ACCEPT;
        world.step(EVERY);
        assertThat(world.alarms()).containsExactly(ALARM);
        deliver();
        assertThat(world.alarms()).isEmpty();
        nobodyWasBothered();
    }

    @Test
    void profileThatCannotSendIsToldAtOnce() {
        world.sends = false;
        started();
        assertThat(world.alarm(ALARM).values()).containsEntry("because", AgentMessage.CANNOT_START.id());
    }

    @Test
    void shortTroubleOfTheServerIsNoAlarm() {
        world.sender.next(Fate.NOT_REACHABLE).next(Fate.NOT_NOW);
        started();
        world.step(Duration.ofMinutes(2));
        assertThat(world.sender.submissions()).isEqualTo(3);
        deliver();
        assertThat(world.alarms()).isEmpty();
        assertThat(note().seen()).isNotNull();
    }

    @Test
    void oneThatDoesNotArriveIsAnAlarmUntilTheNextOneDoes() {
        started();
        world.step(WITHIN);
        Problem problem = world.alarm(ALARM);
        assertThat(problem.id()).isEqualTo(ReceiveMessage.CANARY_OVERDUE.id());
        assertThat(problem.values())
                .containsEntry("messageId", world.sender.arrivals().getFirst().messageId());
        arrived = 1;
        world.step(EVERY.minus(WITHIN));
        assertThat(world.sender.arrivals()).hasSize(2);
        assertThat(world.alarms()).containsExactly(ALARM);
        deliver();
        assertThat(world.alarms()).isEmpty();
        assertThat(note().phase()).isEqualTo(CanaryPhase.RESTING);
    }

    @Test
    void oneThatArrivesAfterTheAlarmEndsIt() {
        started();
        world.step(WITHIN);
        assertThat(world.alarms()).containsExactly(ALARM);
        deliver();
        assertThat(world.alarms()).isEmpty();
        assertThat(Objects.requireNonNull(note().took())).isBetween(WITHIN, WITHIN.plusMinutes(1));
        nobodyWasBothered();
        assertThat(world.inbox.uids()).isEmpty();
    }

    @Test
    void oneThatArrivesStartsNothingLeavesNothingAndIsRemoved() {
        started();
        deliver();
        assertThat(world.inbox.uids()).isEmpty();
        nobodyWasBothered();
        assertThat(files()).containsExactly("NOTE.json", "key");
        assertThat(note().phase()).isEqualTo(CanaryPhase.RESTING);
        assertThat(Objects.requireNonNull(note().took())).isLessThan(Duration.ofMinutes(1));
        world.step(EVERY);
        assertThat(world.sender.arrivals()).hasSize(2);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void mailsBesideItAreTakenAsEver() {
        started();
        byte[] canary = bytes(sent(0));
        world.deliver("order 1");
        world.inbox.deliver(canary, world.time.now());
        world.deliver("order 2");
        world.step(Duration.ofSeconds(5));
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.catalogue()).hasSize(2);
        assertThat(world.inbox.uids()).hasSize(2);
    }

    @Test
    void secondAndLateOnesAreRemovedToo() {
        started();
        deliver();
        byte[] first = bytes(sent(0));
        world.inbox.deliver(first, world.time.now());
        world.step(EVERY);
        world.inbox.deliver(first, world.time.now());
        world.step(Duration.ofMinutes(1));
        assertThat(note().phase()).isEqualTo(CanaryPhase.UNDER_WAY);
        assertThat(world.inbox.uids()).isEmpty();
        nobodyWasBothered();
    }

    @ParameterizedTest
    @CsvSource({"A, B", "'.', '_'"})
    void mailThatOnlyLooksLikeOneIsAMail(String from, String to) {
        started();
        String own = sent(0);
        String mark = own.lines()
                .filter(line -> line.startsWith(MailDraft.CANARY))
                .findFirst()
                .orElseThrow();
        String forged = mark.contains(from) ? mark.replace(from, to) : mark + "x";
        world.inbox.deliver(bytes(own.replace(mark, forged)), world.time.now());
        world.step(Duration.ofSeconds(5));
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.inbox.uids()).hasSize(1);
        world.step(WITHIN);
        assertThat(world.alarms()).containsExactly(ALARM);
    }

    @Test
    void restartBetweenSendingAndArrivalForgetsNothing() {
        started();
        world.kill();
        world.step(Duration.ofHours(3));
        world.start();
        world.step(Duration.ofMinutes(4));
        assertThat(world.alarms()).isEmpty();
        arrived = 0;
        world.inbox.deliver(bytes(sent(0)), world.time.now());
        world.step(Duration.ofMinutes(1));
        assertThat(world.alarms()).isEmpty();
        assertThat(note().seen()).isNotNull();
        nobodyWasBothered();
    }

    @Test
    void oneThatArrivesWhileNothingRunsIsSeenAfterwards() {
        started();
        world.kill();
        world.inbox.deliver(bytes(sent(0)), world.time.now());
        world.step(Duration.ofHours(3));
        world.start();
        world.step(Duration.ofSeconds(30));
        assertThat(world.inbox.uids()).isEmpty();
        assertThat(note().seen()).isNotNull();
        arrived = 1;
        deliver();
        world.step(Duration.ofMinutes(10));
        assertThat(world.alarms()).isEmpty();
        nobodyWasBothered();
    }

    @Test
    void alarmOutlivesARestartAndEndsWithTheNextOneThatArrives() {
        started();
        world.step(WITHIN);
        world.kill();
        world.start();
        world.step(Duration.ofMinutes(2));
        assertThat(world.alarms()).containsExactly(ALARM);
        arrived = 1;
        world.step(EVERY);
        deliver();
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void killedBeforeTheServersAnswerIsKnownItIsSentAgainUnderItsId() {
        world.sender.next(Fate.DELIVER_AND_LOSE);
        started();
        world.kill();
        world.start();
        world.step(Duration.ofMinutes(1));
        assertThat(world.sender.arrivals()).hasSize(2);
        assertThat(world.sender.arrivals().get(1).messageId())
                .isEqualTo(world.sender.arrivals().getFirst().messageId());
        deliver();
        assertThat(world.inbox.uids()).isEmpty();
        assertThat(world.alarms()).isEmpty();
        nobodyWasBothered();
    }

    @ParameterizedTest
    @CsvSource({"PT1H", "PT-1H"})
    void wallClockThatIsSetIsNoAlarm(Duration by) {
        started();
        world.time.jump(by);
        world.step(Duration.ofMinutes(4));
        assertThat(world.alarms()).isEmpty();
        deliver();
        assertThat(Objects.requireNonNull(note().took())).isBetween(Duration.ofMinutes(4), WITHIN);
        world.step(Duration.ofMinutes(9));
        assertThat(world.sender.arrivals()).hasSize(1);
    }

    @Test
    void mailboxThatCanOnlyBeReadKeepsItAndNobodyIsBothered() {
        world.inbox.readOnly(true);
        started();
        deliver();
        assertThat(world.inbox.uids()).hasSize(1);
        assertThat(note().phase()).isEqualTo(CanaryPhase.RESTING);
        world.kill();
        world.start();
        world.step(Duration.ofMinutes(4));
        assertThat(world.alarms()).isEmpty();
        nobodyWasBothered();
    }

    @Test
    void serverThatCannotRemoveJustOneMailHasItMarkedRead() {
        world.faults.refuseRemovals(Problem.of(ReceiveMessage.NO_UID_EXPUNGE, "host", "memory"));
        started();
        deliver();
        long uid = world.inbox.uids().getFirst();
        assertThat(world.inbox.flags(uid)).containsExactly("\\Seen");
        assertThat(world.alarms()).isEmpty();
        nobodyWasBothered();
    }

    @Test
    void serverThatRefusesTheRemovalForNowHoldsNoMailUpForLong() {
        world.faults.refuseRemovals(Problem.of(ReceiveMessage.NOT_NOW, "host", "memory", "reply", ""));
        started();
        byte[] canary = bytes(sent(0));
        world.inbox.deliver(canary, world.time.now());
        world.deliver("order 1");
        world.step(Duration.ofMinutes(1));
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.catalogue()).hasSize(1);
        assertThat(note().phase()).isEqualTo(CanaryPhase.RESTING);
    }

    @Test
    void serverThatEndsTheSessionAtTheRemovalHoldsNoMailUpForLong() {
        world.faults.endAtRemovals(true);
        started();
        byte[] canary = bytes(sent(0));
        world.inbox.deliver(canary, world.time.now());
        world.deliver("order 1");
        world.step(Duration.ofMinutes(1));
        assertThat(world.runs("/a")).hasSize(1);
        world.inbox.deliver(canary, world.time.now());
        world.deliver("order 2");
        world.step(Duration.ofMinutes(1));
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void canariesThatStayAndAMailAtWhichSessionsEndHoldNoOtherUp() {
        world.faults.endAtRemovals(true);
        started();
        world.inbox.deliver(bytes(sent(0)), world.time.now());
        world.faults.endAt(world.deliver("order 1"), true);
        world.deliver("order 2");
        world.step(Duration.ofMinutes(2));
        assertThat(world.runs("/a")).hasSize(1);
    }

    @Test
    void arrivalThatCannotBeNotedIsSeenOnceMore() {
        started();
        world.disk.capacity(0);
        deliver();
        assertThat(world.inbox.uids()).hasSize(1);
        world.disk.capacity(Long.MAX_VALUE);
        world.step(Duration.ofMinutes(1));
        assertThat(world.inbox.uids()).isEmpty();
        world.kill();
        world.start();
        world.step(Duration.ofMinutes(10));
        assertThat(world.alarms()).isEmpty();
        nobodyWasBothered();
    }

    @Test
    void canaryOfAnotherProfileThatWatchesTheSameMailboxIsLeftToIt() {
        world.canaries = List.of(order("other"));
        started();
        deliver();
        assertThat(world.inbox.uids()).hasSize(1);
        assertThat(note().phase()).isEqualTo(CanaryPhase.UNDER_WAY);
        nobodyWasBothered();
    }

    @Test
    void whereNoneIsWantedAnyMoreTheAlarmEndsAndALateOneIsStillRecognised() {
        started();
        world.step(WITHIN);
        world.canaries = List.of();
        world.follow();
        world.step(Duration.ofSeconds(1));
        assertThat(world.alarms()).isEmpty();
        assertThat(files()).containsExactly("key");
        deliver();
        assertThat(world.inbox.uids()).isEmpty();
        nobodyWasBothered();
    }

    @Test
    void alarmOfAProcessBeforeEndsWhereTheSettingsChangedMeanwhile() {
        started();
        world.step(WITHIN);
        world.kill();
        world.canaries = List.of();
        world.start();
        world.step(Duration.ofMinutes(2));
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void otherSettingsTakeOverTheOneOnItsWay() {
        started();
        world.canaries = List.of(new CanaryOrder(
                ReaderWorld.BOX, "out", "orders@here.example", new CanaryPlan(EVERY, EVERY, CanaryLimits.DEFAULT)));
        world.follow();
        world.step(Duration.ofMinutes(10));
        assertThat(world.alarms()).isEmpty();
        deliver();
        assertThat(note().seen()).isNotNull();
    }

    @Test
    void folderWhereNothingIsToldIsLookedAtBeforeTheAlarm() {
        world.mute = true;
        started();
        world.step(Duration.ofMinutes(3));
        world.inbox.deliver(bytes(sent(0)), world.time.now());
        world.step(Duration.ofMinutes(3));
        assertThat(world.alarms()).isEmpty();
        assertThat(world.inbox.uids()).isEmpty();
    }
}
