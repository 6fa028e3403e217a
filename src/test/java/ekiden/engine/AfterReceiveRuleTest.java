package ekiden.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.definition.AfterReceive;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AfterReceiveRuleTest {
    private static final AfterReceive DELETE = new AfterReceive(false, null, null, true);

    private static AfterReceive move(String folder) {
        return new AfterReceive(false, null, folder, false);
    }

    private static AfterReceive keyword(String keyword) {
        return new AfterReceive(false, keyword, null, false);
    }

    @Test
    void nobodyWantsAnythingSoNothingIsDone() {
        assertThat(AfterReceiveRule.combine(null, List.of())).isEqualTo(AfterReceive.NONE);
        assertThat(AfterReceiveRule.combine(null, List.of(AfterReceive.NONE, AfterReceive.NONE)))
                .isEqualTo(AfterReceive.NONE);
    }

    @Test
    void deleteBeatsMove() {
        assertThat(AfterReceiveRule.combine(null, List.of(move("Done"), DELETE)))
                .isEqualTo(DELETE);
        assertThat(AfterReceiveRule.combine(null, List.of(DELETE, move("Done"))))
                .isEqualTo(DELETE);
    }

    @Test
    void keywordAndReadAddUpAndTheFirstClaimHasItsFolder() {
        AfterReceive together = AfterReceiveRule.combine(
                null, List.of(AfterReceive.READ, keyword("k"), move("A"), move("B"), keyword("l")));
        assertThat(together).isEqualTo(new AfterReceive(true, "k", "A", false));
    }

    @Test
    void jobThatSaysNothingLeavesItToTheProfile() {
        List<@Nullable AfterReceive> silent = Collections.singletonList(null);
        assertThat(AfterReceiveRule.combine(null, silent)).isEqualTo(AfterReceive.READ);
        assertThat(AfterReceiveRule.combine(AfterReceive.NONE, silent)).isEqualTo(AfterReceive.NONE);
        assertThat(AfterReceiveRule.combine(move("Done"), silent)).isEqualTo(move("Done"));
    }

    @Test
    void whatTheProfileSaysIsDoneBesideWhatTheJobWants() {
        assertThat(AfterReceiveRule.combine(keyword("k"), List.of(move("Done"))))
                .isEqualTo(new AfterReceive(false, "k", "Done", false));
        assertThat(AfterReceiveRule.combine(DELETE, List.of(move("Done")))).isEqualTo(DELETE);
        assertThat(AfterReceiveRule.combine(null, List.of(AfterReceive.NONE))).isEqualTo(AfterReceive.NONE);
    }
}
