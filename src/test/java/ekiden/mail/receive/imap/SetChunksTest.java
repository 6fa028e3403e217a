package ekiden.mail.receive.imap;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SetChunksTest {
    @Property(tries = 100)
    void chunksFitAndAreTheSetTogether(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 700) int mails,
            @ForAll @IntRange(min = 100, max = 2000) int bytes) {
        Random random = new Random(seed);
        List<Long> uids = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            uids.add(1 + random.nextLong(random.nextBoolean() ? 5000 : UidSet.MAX));
        }
        UidSet set = UidSet.of(uids);
        UidSet together = UidSet.EMPTY;
        for (UidSet chunk : SetChunks.of(set, bytes, mails)) {
            assertThat(chunk.isEmpty()).isFalse();
            assertThat(SetChunks.text(chunk).length()).isLessThanOrEqualTo(bytes);
            assertThat(chunk.size()).isLessThanOrEqualTo(mails);
            assertThat(chunk.and(together).isEmpty()).isTrue();
            together = together.plus(chunk);
        }
        assertThat(together).isEqualTo(set);
    }

    @Test
    void emptySetHasNoChunk() {
        assertThat(SetChunks.of(UidSet.EMPTY, 1000, 10)).isEmpty();
    }

    @Test
    void longRangeIsCutByCount() {
        assertThat(SetChunks.of(UidSet.between(1, 1_000_000), 8000, 500)).hasSize(2000);
        assertThat(SetChunks.of(UidSet.between(1, 1_000_000), 8000, Long.MAX_VALUE))
                .hasSize(1);
    }

    @Test
    void largestUidStandsForTheLastThereIs() {
        assertThat(SetChunks.text(UidSet.between(7, UidSet.MAX))).isEqualTo("7:*");
        assertThat(SetChunks.text(UidSet.of(UidSet.MAX))).isEqualTo("*");
    }
}
