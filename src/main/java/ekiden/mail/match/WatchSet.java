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
 * Many watches compiled once and tested in one pass over a mail. Each watch waits under the rarest thing it asks for: its
 * senders, else the phrases of its subject list, else those of its text list; only what a mail has of these is looked at
 * further. So a watch costs nothing for the mails of others. Immutable; safe from any thread.
 */
public final class WatchSet {
    private final List<Watch> watches = new ArrayList<>();
    private final Map<String, List<Integer>> bySender = new HashMap<>();
    private final Map<Integer, List<Integer>> bySubject = new HashMap<>();
    private final Map<Integer, List<Integer>> byText = new HashMap<>();
    /** Watches whose only condition is met by every mail. */
    private final List<Integer> always = new ArrayList<>();

    private final PhraseIndex subjects;
    private final PhraseIndex texts;
    private final boolean needsText;

    /** A watch with its phrases by number. */
    private record Watch(String id, Phrases subject, Phrases text) {}

    /** The phrases of one list that can be missing in a mail: whether there are any, and their numbers. */
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
        return new Phrases(!wanted.isEmpty() && !wanted.contains(""), own);
    }

    private void add(Watch watch, Conditions wanted) {
        int number = watches.size();
        watches.add(watch);
        if (!wanted.from().isEmpty()) {
            Set<String> keys = new LinkedHashSet<>();
            wanted.from().forEach(sender -> keys.add(Matcher.key(sender)));
            keys.forEach(key -> under(bySender, key, number));
        } else if (watch.subject.wanted) {
            watch.subject.numbers.stream().forEach(phrase -> under(bySubject, phrase, number));
        } else if (watch.text.wanted) {
            watch.text.numbers.stream().forEach(phrase -> under(byText, phrase, number));
        } else if (!wanted.subject().isEmpty() || !wanted.text().isEmpty()) {
            always.add(number);
        }
    }

    private static <K> void under(Map<K, List<Integer>> index, K key, int watch) {
        index.computeIfAbsent(key, k -> new ArrayList<>()).add(watch);
    }

    /** {@return whether any watch looks at the text: otherwise a reader need not fetch it} */
    public boolean needsText() {
        return needsText;
    }

    /**
     * Whether the text need not be known to say no: then a reader leaves the body where it is.
     *
     * @param mail what the header of the mail says
     * @return whether a watch may match, whatever the text is
     */
    public boolean mayMatch(MailSummary mail) {
        if (!byText.isEmpty()) {
            return true;
        }
        BitSet inSubject = subjects.in(Nfc.of(mail.subject()));
        BitSet candidates = bySenderOrSubject(mail, inSubject);
        return candidates.stream()
                .anyMatch(number -> watches.get(number).subject.met(inSubject));
    }

    private BitSet bySenderOrSubject(MailSummary mail, BitSet inSubject) {
        BitSet candidates = new BitSet();
        for (Address sender : mail.from()) {
            bySender.getOrDefault(Matcher.key(sender.address()), List.of()).forEach(candidates::set);
        }
        inSubject.stream()
                .forEach(phrase -> bySubject.getOrDefault(phrase, List.of()).forEach(candidates::set));
        always.forEach(candidates::set);
        return candidates;
    }

    /**
     * @param mail what the mail is
     * @param text its body text, lines ended by LF
     * @return the ids of the watches whose conditions it meets, in the order they were given
     */
    public List<String> matching(MailSummary mail, String text) {
        BitSet inSubject = subjects.in(Nfc.of(mail.subject()));
        BitSet inText = texts.in(needsText ? Nfc.of(text) : "");
        BitSet candidates = bySenderOrSubject(mail, inSubject);
        inText.stream().forEach(phrase -> byText.getOrDefault(phrase, List.of()).forEach(candidates::set));
        List<String> ids = new ArrayList<>();
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            Watch watch = watches.get(i);
            if (watch.subject.met(inSubject) && watch.text.met(inText)) {
                ids.add(watch.id);
            }
        }
        return ids;
    }
}
