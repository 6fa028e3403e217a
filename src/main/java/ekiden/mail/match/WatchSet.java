package ekiden.mail.match;

import ekiden.model.definition.Conditions;
import ekiden.model.mail.Address;
import ekiden.model.mail.MailSummary;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Many watches compiled once and tested in one pass over a mail. Senders are looked up by hash, so a watch with senders
 * costs nothing for other senders' mails; phrases of subject and text are found in one pass each. Immutable; safe from any
 * thread.
 */
public final class WatchSet {
    private final List<Watch> watches = new ArrayList<>();
    private final Map<String, List<Integer>> bySender = new HashMap<>();
    /** Watches without senders. */
    private final List<Integer> anySender = new ArrayList<>();

    private final PhraseIndex subjects;
    private final PhraseIndex texts;
    private final boolean needsText;

    /** A watch with its phrases by number. */
    private record Watch(String id, Phrases subject, Phrases text) {}

    /** The phrases of one list: whether there are any, and their numbers. */
    private record Phrases(boolean wanted, BitSet numbers) {
        boolean met(BitSet found) {
            return !wanted || numbers.intersects(found);
        }
    }

    /**
     * @param conditions watch id → what it waits for, in the order in which ids are to be answered
     */
    public WatchSet(Map<String, Conditions> conditions) {
        Map<String, Integer> subjectNumbers = new LinkedHashMap<>();
        Map<String, Integer> textNumbers = new LinkedHashMap<>();
        conditions.forEach((id, wanted) -> {
            Phrases subject = phrases(wanted.subject(), subjectNumbers);
            Phrases text = phrases(wanted.text(), textNumbers);
            add(new Watch(id, subject, text), wanted);
        });
        this.subjects = new PhraseIndex(List.copyOf(subjectNumbers.keySet()));
        this.texts = new PhraseIndex(List.copyOf(textNumbers.keySet()));
        this.needsText = !textNumbers.isEmpty();
    }

    private static Phrases phrases(List<String> wanted, Map<String, Integer> numbers) {
        BitSet own = new BitSet();
        for (String phrase : wanted) {
            String key = Nfc.of(phrase);
            if (!key.isEmpty() && !Matcher.breaksLine(key)) {
                Integer number = numbers.get(key);
                if (number == null) {
                    number = numbers.size();
                    numbers.put(key, number);
                }
                own.set(number);
            }
        }
        boolean always = wanted.contains("");
        return new Phrases(!wanted.isEmpty() && !always, own);
    }

    private void add(Watch watch, Conditions wanted) {
        int number = watches.size();
        watches.add(watch);
        Set<String> keys = new LinkedHashSet<>();
        wanted.from().forEach(sender -> keys.add(Matcher.key(sender)));
        keys.forEach(
                key -> bySender.computeIfAbsent(key, k -> new ArrayList<>()).add(number));
        boolean anything = !wanted.subject().isEmpty() || !wanted.text().isEmpty();
        if (wanted.from().isEmpty() && anything) {
            anySender.add(number);
        }
    }

    /** {@return whether any watch looks at the text: otherwise a reader need not fetch it} */
    public boolean needsText() {
        return needsText;
    }

    /**
     * @param mail what the mail is
     * @param text its body text, lines ended by LF
     * @return the ids of the watches whose conditions it meets, in the order they were given
     */
    public List<String> matching(MailSummary mail, String text) {
        BitSet candidates = new BitSet(watches.size());
        for (Address sender : mail.from()) {
            bySender.getOrDefault(Matcher.key(sender.address()), List.of()).forEach(candidates::set);
        }
        anySender.forEach(candidates::set);
        List<String> ids = new ArrayList<>();
        if (candidates.isEmpty()) {
            return ids;
        }
        BitSet inSubject = subjects.in(Nfc.of(mail.subject()));
        BitSet inText = null;
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            Watch watch = watches.get(i);
            if (!watch.subject.met(inSubject)) {
                continue;
            }
            if (inText == null && watch.text.wanted) {
                inText = texts.in(Nfc.of(text));
            }
            if (inText == null || watch.text.met(inText)) {
                ids.add(watch.id);
            }
        }
        return ids;
    }
}
