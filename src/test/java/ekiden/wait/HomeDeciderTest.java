package ekiden.wait;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.wait.HomeDecider.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HomeDeciderTest {
    private static Step arrange(int room, int pending, boolean defined, int left, boolean ours) {
        return HomeDecider.arrange(room, pending, new HomeMails.Page(List.of(), 0, 0, defined, left), ours);
    }

    @Test
    void unitTakesAsManyAsTheCallWants() {
        assertThat(arrange(3, 0, false, 0, false)).isEqualTo(new Step.Define(3));
        assertThat(arrange(3, 0, true, 3, true)).isEqualTo(new Step.Keep());
    }

    @Test
    void whatItHasTakenCounts() {
        assertThat(arrange(3, 2, true, 1, true)).isEqualTo(new Step.Keep());
        assertThat(arrange(3, 2, true, 3, true)).isEqualTo(new Step.Define(1));
    }

    @Test
    void unitOfAnEarlierCallGetsTheConditionsOfThisOne() {
        assertThat(arrange(3, 0, true, 3, false)).isEqualTo(new Step.Define(3));
    }

    @Test
    void whereThereIsEnoughNothingMoreIsTaken() {
        assertThat(arrange(1, 2, true, 3, false)).isEqualTo(new Step.Close());
        assertThat(arrange(1, 2, true, 0, true)).isEqualTo(new Step.Keep());
        assertThat(arrange(1, 2, false, 0, false)).isEqualTo(new Step.Keep());
    }

    @Test
    void pauseGrowsUpToItsLimit() {
        assertThat(HomeLimits.DEFAULT.pause(1)).isEqualTo(HomeLimits.DEFAULT.retry());
        assertThat(HomeLimits.DEFAULT.pause(2)).isEqualTo(Duration.ofMillis(500));
        assertThat(HomeLimits.DEFAULT.pause(1_000_000)).isEqualTo(HomeLimits.DEFAULT.retryMost());
    }
}
