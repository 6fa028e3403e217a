package ekiden.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.definition.AfterReceive;
import java.util.List;
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
        assertThat(AfterReceiveRule.combine(List.of())).isEqualTo(AfterReceive.NONE);
        assertThat(AfterReceiveRule.combine(List.of(AfterReceive.NONE, AfterReceive.NONE)))
                .isEqualTo(AfterReceive.NONE);
    }

    @Test
    void deleteBeatsMove() {
        assertThat(AfterReceiveRule.combine(List.of(move("Done"), DELETE))).isEqualTo(DELETE);
        assertThat(AfterReceiveRule.combine(List.of(DELETE, move("Done")))).isEqualTo(DELETE);
    }

    @Test
    void keywordAndReadAddUpAndTheFirstClaimHasItsFolder() {
        AfterReceive together =
                AfterReceiveRule.combine(List.of(AfterReceive.READ, keyword("k"), move("A"), move("B"), keyword("l")));
        assertThat(together).isEqualTo(new AfterReceive(true, "k", "A", false));
    }
}
