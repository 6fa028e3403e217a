package ekiden.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.ReceiveMail.ClaimRule;
import ekiden.model.definition.SaveRule;
import ekiden.model.run.Claim;
import ekiden.model.run.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class ClaimDeciderTest {
    private static final List<ClaimRule> RULES = List.of(ClaimRule.values());
    private static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");

    private static Watch watch(String id, ClaimRule rule, int priority, int age) {
        ReceiveMail receive = new ReceiveMail(
                "orders",
                new Conditions(List.of(), List.of("x"), List.of()),
                SaveRule.DEFAULT,
                AfterReceive.READ,
                rule,
                priority);
        return new Watch(id, "/u", new UUID(0x7000, 1), null, receive, T0.minusSeconds(age), 0, 0, true, null);
    }

    private static Claim claim(Watch watch) {
        return new Claim(
                Claim.id(1, watch.id()),
                1,
                watch.id(),
                watch.rule().claim(),
                AfterReceive.READ,
                new UUID(0x7000, 1),
                null,
                Claim.State.TAKEN,
                null,
                null,
                T0);
    }

    private static List<String> takers(List<Watch> matching, List<Claim> claimed) {
        return ClaimDecider.takers(matching, claimed).stream().map(Watch::id).toList();
    }

    @Example
    void everybodyWithAllTakesIt() {
        List<Watch> matching = List.of(watch("a", ClaimRule.ALL, 5, 1), watch("b", ClaimRule.ALL, 9, 2));
        assertThat(takers(matching, List.of())).containsExactlyInAnyOrder("a", "b");
    }

    @Example
    void ofThoseWithFirstTheHighestPriorityThenTheOldestTakesIt() {
        Watch young = watch("young", ClaimRule.FIRST, 7, 1);
        Watch old = watch("old", ClaimRule.FIRST, 7, 9);
        Watch weak = watch("weak", ClaimRule.FIRST, 2, 99);
        Watch all = watch("all", ClaimRule.ALL, 1, 0);
        assertThat(takers(List.of(weak, young, all, old), List.of())).containsExactly("old", "all");
    }

    @Example
    void exclusiveKeepsItFromEverybody() {
        Watch exclusive = watch("exclusive", ClaimRule.EXCLUSIVE, 8, 1);
        List<Watch> matching =
                List.of(watch("all", ClaimRule.ALL, 9, 9), watch("first", ClaimRule.FIRST, 8, 0), exclusive);
        assertThat(takers(matching, List.of())).containsExactly("exclusive");
    }

    @Example
    void exclusiveWhoseTurnIsNotFirstGetsNothing() {
        List<Watch> matching =
                List.of(watch("exclusive", ClaimRule.EXCLUSIVE, 5, 1), watch("first", ClaimRule.FIRST, 6, 1));
        assertThat(takers(matching, List.of())).containsExactly("first");
    }

    @Example
    void lateExclusiveComesTooLateWhereAnybodyHasIt() {
        Watch exclusive = watch("exclusive", ClaimRule.EXCLUSIVE, 9, 1);
        Watch first = watch("first", ClaimRule.FIRST, 1, 1);
        List<Claim> claimed = List.of(claim(watch("all", ClaimRule.ALL, 1, 1)));
        assertThat(takers(List.of(exclusive, first), claimed)).containsExactly("first");
    }

    @Example
    void lateFirstComesTooLateWhereAnotherFirstHasIt() {
        List<Claim> claimed = List.of(claim(watch("other", ClaimRule.FIRST, 1, 1)));
        List<Watch> matching = List.of(watch("late", ClaimRule.FIRST, 9, 9), watch("all", ClaimRule.ALL, 1, 1));
        assertThat(takers(matching, claimed)).containsExactly("all");
    }

    private record World(List<Watch> matching, List<Claim> claimed) {}

    private static World world(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Watch> all = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            ClaimRule rule = RULES.get(random.nextInt(3));
            all.add(watch("w" + i, rule, 1 + random.nextInt(3), random.nextInt(3)));
        }
        List<Claim> claimed = new ArrayList<>();
        for (Watch watch : ClaimDecider.takers(all.subList(0, random.nextInt(all.size() + 1)), List.of())) {
            claimed.add(claim(watch));
        }
        return new World(all, claimed);
    }

    /** The rule in other words: one pass that looks for the winner, one that collects. */
    private static Set<String> model(World world) {
        Set<ClaimRule> there = new HashSet<>();
        Set<String> have = new HashSet<>();
        for (Claim claim : world.claimed()) {
            there.add(claim.rule());
            have.add(claim.watch());
        }
        Watch winner = null;
        Set<String> takers = new HashSet<>();
        for (Watch watch : world.matching()) {
            ClaimRule rule = watch.rule().claim();
            boolean may = !have.contains(watch.id())
                    && !there.contains(ClaimRule.EXCLUSIVE)
                    && (rule == ClaimRule.ALL
                            || (rule == ClaimRule.FIRST && !there.contains(ClaimRule.FIRST))
                            || (rule == ClaimRule.EXCLUSIVE && there.isEmpty()));
            if (may && rule == ClaimRule.ALL) {
                takers.add(watch.id());
            } else if (may) {
                winner = before(winner, watch);
            }
        }
        if (winner == null) {
            return takers;
        }
        if (winner.rule().claim() == ClaimRule.EXCLUSIVE) {
            return Set.of(winner.id());
        }
        takers.add(winner.id());
        return takers;
    }

    private static Watch before(@Nullable Watch one, Watch other) {
        if (one == null || one.rule().priority() < other.rule().priority()) {
            return other;
        }
        if (one.rule().priority() > other.rule().priority()) {
            return one;
        }
        int age = one.created().compareTo(other.created());
        boolean first = age < 0 || (age == 0 && one.id().compareTo(other.id()) < 0);
        return first ? one : other;
    }

    @Property(tries = 5_000)
    void agreesWithTheModelAlsoForLateWatches(@ForAll long seed) {
        World world = world(seed);
        assertThat(takers(world.matching(), world.claimed()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(model(world));
    }

    @Property(tries = 1_000)
    void theOrderInWhichWatchesAreNamedDoesNotMatter(@ForAll long seed) {
        World world = world(seed);
        List<Watch> shuffled = new ArrayList<>(world.matching());
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(takers(shuffled, world.claimed())).isEqualTo(takers(world.matching(), world.claimed()));
    }

    @Property(tries = 1_000)
    void neverTwoFirstAndNeverAnybodyBesideAnExclusive(@ForAll long seed) {
        World world = world(seed);
        List<Claim> after = new ArrayList<>(world.claimed());
        ClaimDecider.takers(world.matching(), world.claimed()).forEach(watch -> after.add(claim(watch)));
        long first =
                after.stream().filter(claim -> claim.rule() == ClaimRule.FIRST).count();
        long exclusive = after.stream()
                .filter(claim -> claim.rule() == ClaimRule.EXCLUSIVE)
                .count();
        assertThat(first).isLessThanOrEqualTo(1);
        assertThat(exclusive == 0 || after.size() == 1).isTrue();
        assertThat(after).extracting(Claim::watch).doesNotHaveDuplicates();
    }
}
