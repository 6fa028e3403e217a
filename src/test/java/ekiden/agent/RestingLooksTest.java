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

    private final RestingLooks looks = new RestingLooks(4);

    @Test
    void theMoreReadersThereAreTheMoreRarelyEachLooks() {
        looks.readers(240);
        assertThat(looks.paced(REST, PATIENT)).isEqualTo(REST);
        looks.readers(241);
        assertThat(looks.paced(REST, PATIENT)).isEqualTo(Wait.quiet(Duration.ofMillis(60_250)));
        looks.readers(1_000);
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
