package ekiden.manager;

import static ekiden.manager.Bench.rule;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.link.Verdict;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.UnitName;
import ekiden.model.run.RunStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A start condition that ends after so many mails, and jobnets without jobs. */
class TimesTest {
    private final Bench bench = new Bench();

    private static Jobnet jobnet(@Nullable Integer times) {
        return new Jobnet(new UnitName("/a"), rule("x"), times, Jobnet.Overlap.ALLOW, List.of());
    }

    @Test
    void mailBeyondTheNumberIsNotTakenThoughItIsInTheSameReport() {
        String watch = "start/" + bench.define(jobnet(2));
        Verdict.Kept kept =
                (Verdict.Kept) bench.found(bench.mail("x1", watch), bench.mail("x2", watch), bench.mail("x3", watch));
        assertThat(kept.mails()).extracting(mail -> mail.takenBy().size()).containsExactly(1, 1, 0);
        assertThat(bench.watches()).isEmpty();
        assertThat(bench.runs("/a")).hasSize(2);
    }

    @Test
    void mailThatWaitsIsCountedLikeOneThatComes() {
        bench.kept(bench.mail("x1"));
        bench.kept(bench.mail("x2"));
        String watch = "start/" + bench.define(jobnet(1));
        bench.tested(watch, 2, 1L, 2L);
        assertThat(bench.runs("/a")).hasSize(1);
        assertThat(bench.claims(2)).isEmpty();
    }

    @Test
    void definedAgainAfterItHasTakenSomeItTakesThatManyAnew() {
        String first = "start/" + bench.define(jobnet(2));
        bench.kept(bench.mail("x1", first));
        String second = "start/" + bench.define(jobnet(2));
        assertThat(second).isNotEqualTo(first);
        assertThat(bench.watches())
                .singleElement()
                .satisfies(watch -> assertThat(watch.left()).isEqualTo(2));
    }

    @Test
    void definedAgainBeforeItHasTakenAnyNothingChanges() {
        assertThat(bench.define(jobnet(2))).isEqualTo(bench.define(jobnet(2)));
    }

    @Test
    void runWithoutJobsEndsWhenItsMailIsSaved() {
        String watch = "start/" + bench.define(jobnet(null));
        bench.kept(bench.mail("x1", watch));
        assertThat(bench.runs("/a").getFirst().status()).isEqualTo(RunStatus.PREPARING);
        bench.saved("1@" + watch);
        assertThat(bench.runs("/a").getFirst().status()).isEqualTo(RunStatus.ENDED_NORMALLY);
    }
}
