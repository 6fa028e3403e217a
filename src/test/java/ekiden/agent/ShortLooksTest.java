package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.ReaderSettings.Attention;
import ekiden.mail.receive.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The budget of quick looks. */
class ShortLooksTest {
    private static final ReaderSettings NORMAL = ReaderSettings.DEFAULT;
    private static final ReaderSettings CLOSE = settings(Attention.CLOSE, NORMAL.deadline());
    private static final ReaderSettings PATIENT = settings(NORMAL.attention(), Duration.ofMinutes(15));
    private static final Wait QUICK = Wait.quiet(Duration.ofMillis(10));
    private static final Wait ASKING = new Wait(Duration.ofSeconds(1), Duration.ofMillis(10));
    private static final int MOST = 200;

    private final long begin = Long.MAX_VALUE - 5;
    private final RestingLooks resting = new RestingLooks(4, () -> 1);
    private final ShortLooks looks = new ShortLooks(MOST, resting, begin);

    private static ReaderSettings settings(Attention attention, Duration deadline) {
        return new ReaderSettings(
                NORMAL.firstLook(),
                attention,
                deadline,
                NORMAL.grace(),
                NORMAL.maxSize(),
                NORMAL.sameContent(),
                NORMAL.renumbered(),
                NORMAL.limits());
    }

    private void use(int count, long now) {
        for (int i = 0; i < count; i++) {
            assertThat(looks.paced(QUICK, NORMAL, now)).isEqualTo(QUICK);
        }
    }

    @Test
    void oneLookMoreThanASecondMayHaveWaitsForTheServersHint() {
        use(MOST, begin);
        assertThat(looks.paced(QUICK, NORMAL, begin)).isEqualTo(Wait.quiet(NORMAL.longestPause()));
        assertThat(looks.paced(QUICK, CLOSE, begin)).isEqualTo(Wait.quiet(Duration.ofSeconds(1)));
    }

    /** Two thousand mailboxes that were opened together all looked again a minute later, and woke their sessions while mails waited. */
    @Test
    void amongManyReadersThoseThatMayNotLookSoonRestAsLongAsOthersWhereNothingHappens() {
        resting.readers(750);
        use(MOST, begin);
        assertThat(looks.paced(QUICK, PATIENT, begin)).isEqualTo(Wait.quiet(Duration.ofSeconds(250)));
        assertThat(looks.paced(QUICK, CLOSE, begin)).isEqualTo(Wait.quiet(Duration.ofSeconds(1)));
    }

    @Test
    void whatWasUsedComesAgainWithTime() {
        use(MOST, begin);
        long later = begin + TimeUnit.MILLISECONDS.toNanos(100);
        use(MOST / 10, later);
        assertThat(looks.paced(QUICK, NORMAL, later)).isEqualTo(Wait.quiet(NORMAL.longestPause()));
        long muchLater = later + TimeUnit.HOURS.toNanos(1);
        use(MOST, muchLater);
        assertThat(looks.paced(QUICK, NORMAL, muchLater)).isEqualTo(Wait.quiet(NORMAL.longestPause()));
    }

    @Test
    void longPausesCostNothing() {
        for (int i = 0; i < 10 * MOST; i++) {
            assertThat(looks.paced(Wait.quiet(Duration.ofSeconds(10)), NORMAL, begin))
                    .isEqualTo(Wait.quiet(Duration.ofSeconds(10)));
        }
        use(MOST, begin);
    }

    @Test
    void eachQuestionOfAWaitCountsAndManyReadersShareTheBudget() {
        assertThat(looks.paced(ASKING, CLOSE, begin)).isEqualTo(ASKING);
        List<Integer> others = new ArrayList<>();
        for (int reader = 0; reader < 8; reader++) {
            Wait wait = looks.paced(ASKING, CLOSE, begin);
            assertThat(wait.atMost()).isEqualTo(ASKING.atMost());
            others.add(wait.looks());
        }
        assertThat(others).containsExactly(50, 25, 13, 6, 3, 2, 1, 1);
    }

    @Test
    void questionsThatWereNotAskedBecauseMailCameSoonerCountAsUnused() {
        looks.paced(ASKING, CLOSE, begin);
        looks.over(ASKING, TimeUnit.MILLISECONDS.toNanos(101));
        looks.over(QUICK, 0);
        use(MOST - 11, begin);
        assertThat(looks.paced(QUICK, NORMAL, begin)).isEqualTo(Wait.quiet(NORMAL.longestPause()));
    }

    @Test
    void whatIsUsedIsFreeAgainAfterASecond() {
        assertThat(looks.used(begin)).isZero();
        use(30, begin);
        assertThat(looks.used(begin)).isEqualTo(30);
        assertThat(looks.used(begin + TimeUnit.SECONDS.toNanos(1))).isZero();
    }

    @Test
    void questionsGiveWayToAMailThatAServerHasHintedAtForAsLongAsItsLookTakes() {
        assertThat(looks.giveWay(begin)).isFalse();
        looks.hint(begin);
        assertThat(looks.giveWay(begin + TimeUnit.MILLISECONDS.toNanos(20) - 1)).isTrue();
        assertThat(looks.giveWay(begin + TimeUnit.MILLISECONDS.toNanos(20))).isFalse();
    }

    @Test
    void questionsGiveWayToMailsInHandButNotForLongerThanASecond() {
        looks.inHand(begin);
        assertThat(looks.giveWay(begin + TimeUnit.SECONDS.toNanos(1) - 1)).isTrue();
        assertThat(looks.giveWay(begin + TimeUnit.SECONDS.toNanos(1))).isFalse();
        looks.handled();
        assertThat(looks.giveWay(begin)).isFalse();
    }
}
