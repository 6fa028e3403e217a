package ekiden.wait;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.UidSet;
import ekiden.wait.WaitDecider.Verdict;
import ekiden.wait.WaitRecord.Mail;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitDeciderTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final long SOON = NOW.getEpochSecond() + 300;

    private final WaitBook book = new WaitBook();

    private static Mail imap(long uid) {
        return new Mail("INBOX/1/" + uid, null, null);
    }

    private static Mail submitted(String key, String place) {
        return new Mail(key, place, SOON);
    }

    private List<Verdict> found(Instant now, int room, Mail... mails) {
        WaitDecider.Decision decision = WaitDecider.found(book, List.of(mails), room, now);
        if (decision.record() != null) {
            book.apply(decision.record());
        }
        return decision.verdicts();
    }

    @Test
    void numbersFollowEachOtherOverReports() {
        assertThat(found(NOW, 9, imap(4), imap(7)))
                .containsExactly(new Verdict.Take(1, false), new Verdict.Take(2, false));
        assertThat(found(NOW, 9, imap(8))).containsExactly(new Verdict.Take(3, false));
    }

    @Test
    void mailOnItsWayKeepsItsNumberAndOneWithReceiptIsOnlyAcknowledged() {
        found(NOW, 9, imap(4), imap(7));
        book.apply(WaitDecider.given(UidSet.of(1)));
        assertThat(found(NOW, 9, imap(4), imap(7), imap(9)))
                .containsExactly(new Verdict.Acknowledge(1), new Verdict.Take(2, true), new Verdict.Take(3, false));
        book.apply(WaitDecider.done(UidSet.of(1)));
        assertThat(found(NOW, 9, imap(4))).containsExactly(new Verdict.Known());
    }

    @Test
    void roomIsForMailsThatAreTakenAgainToo() {
        found(NOW, 9, imap(4));
        assertThat(found(NOW, 1, imap(5), imap(4))).containsExactly(new Verdict.Take(2, false), new Verdict.Enough());
        assertThat(found(NOW, 0, imap(6))).containsExactly(new Verdict.Enough());
    }

    @Test
    void equalSubmissionJoinsInItsWindowAndIsAnotherMailBehindIt() {
        assertThat(found(NOW, 9, submitted("k", "a"), submitted("k", "b")))
                .containsExactly(new Verdict.Take(1, false), new Verdict.Known());
        assertThat(found(NOW, 9, submitted("k", "c"))).containsExactly(new Verdict.Known());
        book.apply(WaitDecider.given(UidSet.of(1)));
        book.apply(WaitDecider.done(UidSet.of(1)));
        assertThat(found(Instant.ofEpochSecond(SOON), 9, submitted("k", "d"))).containsExactly(new Verdict.Known());
        Instant later = Instant.ofEpochSecond(SOON + 1);
        assertThat(found(later, 9, submitted("k", "a")))
                .as("the same bytes in the same place are no new submission")
                .containsExactly(new Verdict.Known());
        assertThat(found(later, 9, submitted("k", "e"))).containsExactly(new Verdict.Take(2, false));
    }

    @Test
    void mailThatTheHomeTookOverWithItsSpoolKeepsItsNumberUntilItsReceipt() {
        found(NOW, 9, submitted("k", "a"));
        assertThat(found(NOW, 9, submitted("k", "home/7"))).containsExactly(new Verdict.Take(1, true));
        book.apply(WaitDecider.given(UidSet.of(1)));
        assertThat(found(NOW, 9, submitted("k", "home/7"))).containsExactly(new Verdict.Acknowledge(1));
    }

    @Test
    void snapshotSaysAllThatTheRecordsSaid() {
        book.apply(new WaitRecord.Begun(1, "0123456789ab"));
        found(NOW, 9, imap(4), imap(7), imap(8), submitted("k", "a"));
        book.apply(WaitDecider.given(UidSet.between(1, 2)));
        book.apply(WaitDecider.given(UidSet.of(4)));
        book.apply(WaitDecider.done(UidSet.of(List.of(1L, 4L))));
        book.apply(new WaitRecord.Opening(List.of("INBOX/1/9")));
        WaitRecord.Snapshot snapshot = book.snapshot(NOW);
        WaitBook again = new WaitBook();
        again.apply(snapshot);
        assertThat(again.snapshot(NOW)).isEqualTo(snapshot);
        assertThat(snapshot.next()).isEqualTo(5);
        assertThat(snapshot.settled()).isEqualTo(Map.of("INBOX/1", "4"));
        assertThat(snapshot.openings()).isEqualTo(Map.of("INBOX/1/9", 1));
        assertThat(again.snapshot(Instant.ofEpochSecond(SOON + 1)).timed()).isEmpty();
    }

    @Test
    void keyWithoutUidIsRememberedTooWhenItNeverRunsOut() {
        found(NOW, 9, new Mail("no uid", null, null));
        book.apply(WaitDecider.given(UidSet.of(1)));
        book.apply(WaitDecider.done(UidSet.of(1)));
        assertThat(found(NOW.plusSeconds(1_000_000), 9, new Mail("no uid", null, null)))
                .containsExactly(new Verdict.Known());
    }
}
