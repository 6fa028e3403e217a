package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.sun.management.ThreadMXBean;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Entry.Form;
import ekiden.model.definition.Entry.Look;
import ekiden.model.mail.MailSummary;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Mails that are made to keep conditions busy. The bounds are generous: what they must tell apart are seconds and years. */
class MatchHostileTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private static Entry text(String text, Form form, boolean across) {
        return new Entry(text, form, Look.USUAL, true, true, across);
    }

    private static Map<String, Conditions> watches(List<Entry> entries) {
        Map<String, Conditions> watches = new LinkedHashMap<>();
        for (Entry entry : entries) {
            watches.put(
                    "w" + watches.size(),
                    Conditions.NONE.map((list, none) -> list.equals("text") ? List.of(entry) : none));
        }
        return watches;
    }

    private static void takesNoLongTime(List<Entry> entries, String text) {
        WatchSet set = new WatchSet(watches(entries));
        TestedMail mail = TestedMail.whole(MatcherTest.mail("a@b", ""), text, name -> List.of(), text.length());
        WatchSet.Matching found = assertTimeout(LONG, () -> set.find(mail));
        assertThat(found).isEqualTo(new WatchSet.Matching(List.of(), false));
    }

    @Test
    void phrasesThatNearlyStandEverywhereTakeOnePass() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 1; i < 500; i++) {
            entries.add(text("a".repeat(2 * i) + "b", Form.TEXT, i % 2 == 0));
        }
        takesNoLongTime(entries, "a".repeat(4 << 20));
    }

    @Test
    void patternsThatMakeOthersHangLookAtTheBeginningOfATextOnly() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            entries.add(text("(a+)+(a|aa){1,9}x" + i, Form.REGEX, true));
            entries.add(text("*a*a*a*a*a*a*a*a*x" + i, Form.GLOB, true));
        }
        StringBuilder needed = new StringBuilder("a".repeat(4 << 20));
        for (int i = 0; i < 20; i++) {
            needed.append('x').append(i);
        }
        takesNoLongTime(entries, needed.toString());
    }

    @Test
    void patternsOnAMillionLinesLookAtTheFirstOnesOnly() {
        takesNoLongTime(
                List.of(text("^a*$x", Form.REGEX, false), text("*b", Form.GLOB, false)), "a\n".repeat(2 << 20) + "b\n");
    }

    @Test
    void partingOfALongTextIsFoundInOnePass() {
        MailSummary mail = MatcherTest.mail("a@b", "");
        String text = "a".repeat(4 << 20);
        Conditions conditions = new Conditions(List.of(), List.of(), List.of("a".repeat(999) + "b"));
        MatchResult result =
                assertTimeout(LONG, () -> Matcher.test(conditions, TestedMail.whole(mail, text, name -> List.of(), 1)));
        assertThat(result.missed().getFirst().parted()).isNotNull().satisfies(parted -> {
            assertThat(parted.agreed()).isEqualTo(120);
            assertThat(parted.instead()).isEqualTo("a".repeat(20));
        });
    }

    /** What is allocated for an explanation, in bytes, by this thread. */
    private static long allocated(Runnable what) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        what.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void explanationOfALongTextIsShort() {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            entries.add(Entry.fromText("注文書" + i));
        }
        Conditions conditions = Conditions.NONE.map((list, none) -> list.equals("text") ? entries : none);
        String text = "注文書の件\n".repeat(3 << 20);
        TestedMail mail = TestedMail.whole(MatcherTest.mail("a@b", ""), text, name -> List.of(), 1);
        assertThat(allocated(() -> {
                    MatchResult.Judgement missed =
                            Matcher.test(conditions, mail).missed().getFirst();
                    assertThat(missed.seen()).hasSize(MatchResult.Judgement.MAX_SHOWN);
                    assertThat(missed.parted()).isEqualTo(new MatchResult.Parted("注文書0", 3, "の件 注文書の件 注文書の件 注文書の件"));
                }))
                .isLessThan(8 << 20);
        assertThat(allocated(() -> assertThat(Matcher.verdict(conditions, mail)).isEqualTo(MatchResult.Verdict.MISSED)))
                .isLessThan(4 << 20);
    }

    @Test
    void attachmentsAreReadOnceForAllWhoLookAtTheirText() {
        List<Entry> entries = new ArrayList<>();
        for (Look look : List.of(Look.ATTACHMENTS, Look.ALL)) {
            entries.add(new Entry("x", Form.TEXT, look, true, false, false));
            entries.add(new Entry("x", Form.REGEX, look, false, true, false));
        }
        AtomicInteger times = new AtomicInteger();
        TestedMail mail = TestedMail.whole(MatcherTest.mail("a@b", ""), "", name -> List.of(), 1)
                .withAttached(() -> "y" + times.incrementAndGet());
        assertThat(new WatchSet(watches(entries)).find(mail).ids()).isEmpty();
        assertThat(times).hasValue(1);
        Conditions all = Conditions.NONE.map((list, none) -> list.equals("text") ? entries : none);
        assertThat(Matcher.test(all, mail).matched()).isFalse();
        assertThat(times).hasValue(2);
    }

    @Test
    void capitalSigmasAndRowsOfMarksTakeOnePass() {
        List<Entry> entries =
                List.of(text("至急", Form.TEXT, false), text("至急", Form.TEXT, true), text("?至急", Form.GLOB, false));
        takesNoLongTime(entries, "Σ.".repeat(1 << 20));
        takesNoLongTime(entries, "a" + "\u0301\u0323".repeat(1 << 20));
        takesNoLongTime(entries, "ｶ" + "\uff9e\u0301".repeat(1 << 20));
    }
}
