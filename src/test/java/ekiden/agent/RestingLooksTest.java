package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.Wait;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often many folders are looked at where nothing happens. */
class RestingLooksTest {
    private static final ReaderSettings PATIENT = deadline(Duration.ofMinutes(15));
    private static final Wait REST = Wait.quiet(Duration.ofMinutes(1));

    private double chance = 1;
    private final RestingLooks looks = new RestingLooks(4, () -> chance);

    /** Two hundred mailboxes that were opened together all looked again a minute later, and mails that came just then waited for that. */
    @Test
    void readersThatWereOpenedTogetherLookAtDifferentTimes() {
        chance = 0;
        assertThat(looks.paced(REST, PATIENT)).isEqualTo(Wait.quiet(Duration.ofSeconds(30)));
        chance = 0.5;
        assertThat(looks.paced(REST, PATIENT)).isEqualTo(Wait.quiet(Duration.ofSeconds(45)));
        looks.readers(1_500);
        assertThat(looks.paced(REST, PATIENT))
                .isEqualTo(Wait.quiet(Duration.ofSeconds(337).plusMillis(500)));
    }

    /** Three quarters of the longest rest are the usual one. */
    @Test
    void allTogetherLookAsOftenAsTheLimitSays() {
        chance = 0.5;
        looks.readers(900);
        assertThat(looks.paced(REST, PATIENT)).isEqualTo(Wait.quiet(Duration.ofSeconds(900 / 4)));
    }

    @Test
    void theMoreReadersThereAreTheMoreRarelyEachLooks() {
        looks.readers(180);
        assertThat(looks.paced(REST, PATIENT)).isEqualTo(REST);
        looks.readers(183);
        assertThat(looks.paced(REST, PATIENT)).isEqualTo(Wait.quiet(Duration.ofSeconds(61)));
        looks.readers(750);
        assertThat(looks.paced(REST, PATIENT)).isEqualTo(Wait.quiet(Duration.ofSeconds(250)));
        looks.readers(1);
        assertThat(looks.paced(REST, PATIENT)).isEqualTo(REST);
    }

    @Test
    void noReaderRestsLongerThanHalfItsDeadlineHoweverManyThereAre() {
        looks.readers(1_000_000);
        assertThat(looks.paced(REST, PATIENT)).isEqualTo(Wait.quiet(Duration.ofSeconds(450)));
        Wait brief = Wait.quiet(Duration.ofSeconds(15));
        assertThat(looks.paced(brief, deadline(Duration.ofSeconds(30)))).isEqualTo(brief);
    }

    @Test
    void aReaderWhereSomethingHappenedDoesNotWaitLonger() {
        looks.readers(1_000_000);
        Wait soon = Wait.quiet(Duration.ofSeconds(5));
        assertThat(looks.paced(soon, PATIENT)).isEqualTo(soon);
        Wait asking = new Wait(Duration.ofMinutes(1), Duration.ofSeconds(1));
        assertThat(looks.paced(asking, PATIENT)).isEqualTo(asking);
    }

    private static ReaderSettings deadline(Duration deadline) {
        ReaderSettings usual = ReaderSettings.DEFAULT;
        return new ReaderSettings(
                usual.firstLook(),
                usual.attention(),
                deadline,
                usual.grace(),
                usual.maxSize(),
                usual.sameContent(),
                usual.renumbered(),
                usual.limits());
    }
}
