package ekiden.wait;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.json.Json;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.Trial;
import ekiden.model.definition.Conditions;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call that waits through a home, with the home in memory: what is told, what is let go, and what stays for the next call. */
class HomeSourceTest {
    private static final Path STATE = Path.of("/state");
    private static final Conditions ANY = new Conditions(List.of(), List.of(), List.of());
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final HomeLimits QUICK = new HomeLimits(
            Duration.ofMillis(100),
            Duration.ofSeconds(1),
            Duration.ofMillis(5),
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofSeconds(5));

    private final MemoryDisk disk = new MemoryDisk(new Random(5));
    private final FakeHome home = new FakeHome();
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean alive = true;
    private @Nullable HomeSource source;

    @BeforeEach
    void state() throws IOException {
        disk.makeFolders(STATE);
        home.callerLives = () -> alive;
    }

    private WaitRun.Outcome call(int count, Conditions conditions, Duration within, Runnable ready) {
        Result<HomeUnit> note = HomeUnit.open(disk, STATE, "0123456789ab");
        HomeUnit unit = ((Result.Ok<HomeUnit>) note).value();
        Scratch scratch = new Scratch(disk, STATE.resolve("scratch"));
        assertThat(scratch.clear()).isInstanceOf(Result.Ok.class);
        HomeSource made = new HomeSource(
                home,
                new HomeSource.Ground(
                        unit, unit.name("m").value(), new SystemClock(), WaitLimits.DEFAULT, QUICK, scratch, within));
        source = made;
        return WaitRun.run(
                new WaitState(disk, STATE, "0123456789ab"),
                new WaitWork.Ports(
                        new SystemClock(),
                        "m",
                        conditions,
                        count,
                        new NoFiles(),
                        this::print,
                        (name, raw) -> Trial.Verdict.NOT_HELD,
                        Opening.USUAL,
                        WaitLimits.DEFAULT),
                made,
                ready,
                problem -> told.add(problem.id()),
                within);
    }

    private WaitRun.Outcome call(int count, Duration within, Runnable ready) {
        return call(count, ANY, within, ready);
    }

    private boolean print(byte[] bytes) {
        if (alive) {
            new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> lines.add(String.valueOf(Json.readMap(line).get("identity"))));
        }
        return alive;
    }

    private void mails(int... numbers) {
        for (int number : numbers) {
            home.mail("INBOX/1/" + number, "text " + number);
        }
    }

    private static String id(int number) {
        return "m/INBOX/1/" + number;
    }

    private void nothingIsLeft() {
        assertThat(home.defined).isFalse();
        assertThat(home.kept).isEmpty();
        assertThat(disk.exists(STATE.resolve("home-unit"))).isFalse();
    }

    @Test
    void mailsThatComeAreToldInOrderAndLetGoAndNothingIsLeft() {
        assertThat(call(3, LONG, () -> mails(1, 2, 3)).problem()).isNull();
        assertThat(lines).containsExactly(id(1), id(2), id(3));
        assertThat(home.letGo).hasSize(3);
        nothingIsLeft();
    }

    @Test
    void moreMailsThanWereAskedForStayInTheMailbox() {
        call(2, LONG, () -> mails(1, 2, 3));
        assertThat(lines).hasSize(2);
        assertThat(home.unread).containsExactly("INBOX/1/3");
        nothingIsLeft();
    }

    @Test
    void timeThatRunsOutLeavesNoUnitBehind() {
        WaitRun.Outcome outcome = call(2, SHORT, () -> mails(1));
        assertThat(outcome.problem()).isNull();
        assertThat(outcome.printed()).isEqualTo(1);
        nothingIsLeft();
    }

    @Test
    void mailTakenWhileNobodyWaitedComesWithTheNextCall() {
        home.define(2);
        mails(1, 2);
        call(3, LONG, () -> mails(3));
        assertThat(lines).containsExactly(id(1), id(2), id(3));
        nothingIsLeft();
    }

    @Test
    void callThatWantsFewerThanTheUnitHasTakenLeavesTheRestForTheNext() {
        home.define(5);
        mails(1, 2, 3);
        call(1, LONG, () -> mails(4));
        assertThat(lines).containsExactly(id(1));
        assertThat(home.unread).as("the unit takes no more").containsExactly("INBOX/1/4");
        assertThat(home.kept.values()).containsExactly("INBOX/1/2", "INBOX/1/3");
        assertThat(disk.exists(STATE.resolve("home-unit"))).isTrue();
        call(3, LONG, () -> {});
        assertThat(lines).containsExactly(id(1), id(2), id(3), id(4));
        nothingIsLeft();
    }

    @Test
    void mailThatDoesNotMatchTheConditionsOfThisCallStaysForOneWhoseItDoes() {
        home.define(1);
        mails(1);
        Conditions other = new Conditions(List.of(), List.of("/2"), List.of());
        call(1, other, LONG, () -> mails(2));
        assertThat(lines).containsExactly(id(2));
        assertThat(home.kept.values()).containsExactly("INBOX/1/1");
        call(1, LONG, () -> {});
        assertThat(lines).containsExactly(id(2), id(1));
        nothingIsLeft();
    }

    @Test
    void homeThatGoesAwayAndComesBackLosesNothing() {
        AtomicInteger asked = new AtomicInteger();
        home.callerLives = () -> {
            if (asked.incrementAndGet() == 12) {
                mails(2);
                home.away(false);
            }
            return alive;
        };
        WaitRun.Outcome outcome = call(2, LONG, () -> {
            mails(1);
            home.away(true);
            asked.set(0);
        });
        assertThat(outcome.printed()).as(told.toString()).isEqualTo(2);
        assertThat(told).contains("EKDC0174-W", "EKDC0175-I");
        nothingIsLeft();
    }

    @Test
    void homeThatStaysAwayEndsTheCallInTimeAndTheUnitIsNamed() {
        WaitRun.Outcome outcome = call(1, SHORT, () -> home.away(true));
        assertThat(outcome.printed()).isZero();
        assertThat(outcome.atEnd()).extracting(Problem::id).isEqualTo("EKDC0177-W");
        assertThat(told).containsOnlyOnce("EKDC0174-W").noneMatch(id -> id.endsWith("-E"));
        assertThat(disk.exists(STATE.resolve("home-unit"))).isTrue();
        home.away(false);
        call(1, LONG, () -> mails(1));
        nothingIsLeft();
    }

    @Test
    void homeThatDoesNotAnswerAtTheBeginningEndsTheCall() {
        home.away(true);
        assertThat(call(1, LONG, () -> {}).problem()).isNotNull();
        assertThat(lines).isEmpty();
    }

    @Test
    void unitThatSomebodyDeletesEndsTheCall() {
        WaitRun.Outcome outcome = call(1, LONG, () -> home.delete("by a person"));
        assertThat(outcome.problem()).extracting(Problem::id).isEqualTo("EKDC0176-E");
    }

    @Test
    void askedToEndItHandsOverWhatWasTakenAndLeavesNothing() {
        List<String> atTheEnd = new ArrayList<>();
        CompletableFuture<Boolean> stopped = new CompletableFuture<>();
        call(5, Duration.ofSeconds(1), () -> {
            mails(1);
            Thread.ofPlatform().start(() -> {
                Objects.requireNonNull(source).stop();
                atTheEnd.addAll(lines);
                stopped.complete(home.defined);
            });
        });
        assertThat(stopped.orTimeout(10, TimeUnit.SECONDS).join()).isFalse();
        assertThat(atTheEnd).containsExactly(id(1));
        nothingIsLeft();
    }

    /** The process stops before each operation of the disk in turn, with and without the power going, and is called again. */
    @Test
    void killedAnywhereEachMailIsToldUntilItIsLetGoAndNeverAfter() throws IOException {
        HomeSourceTest calm = new HomeSourceTest();
        calm.state();
        long begin = calm.disk.operations();
        calm.call(2, LONG, () -> calm.mails(1, 2));
        long operations = calm.disk.operations() - begin;
        assertThat(operations).isGreaterThan(10);
        for (long stop = 0; stop <= operations; stop++) {
            new HomeSourceTest().killedAt(stop, stop % 2 == 0);
            new HomeSourceTest().killedAt(stop, stop % 2 == 1);
        }
    }

    private void killedAt(long stop, boolean power) throws IOException {
        state();
        // whoever cannot touch its disk any more is dead, and says nothing to anybody
        home.callerLives = () -> alive && !disk.stopped();
        disk.stopAfter(stop);
        try {
            call(2, SHORT, () -> mails(1, 2));
        } catch (MemoryDisk.Stopped killed) {
            assertThat(killed).isNotNull();
        }
        List<String> before = List.copyOf(lines);
        List<String> gone = List.copyOf(home.letGo);
        if (power) {
            disk.crash();
        } else {
            disk.restart();
        }
        disk.makeFolders(STATE);
        mails(home.texts.isEmpty() ? new int[] {1, 2, 3} : new int[] {3});
        lines.clear();
        for (int calls = 0; calls < 10 && !(home.kept.isEmpty() && home.unread.isEmpty()); calls++) {
            call(3 - calls % 3, SHORT.dividedBy(3), () -> {});
        }
        String where = "stop " + stop + " power " + power + " before " + before + " gone " + gone + " then " + lines;
        List<String> all = new ArrayList<>(before);
        all.addAll(lines);
        assertThat(all).as(where).contains(id(1), id(2), id(3));
        assertThat(lines).as(where).doesNotHaveDuplicates();
        assertThat(lines.stream().filter(line -> gone.contains(line.substring(2))))
                .as(where)
                .isEmpty();
        nothingIsLeft();
    }
}
