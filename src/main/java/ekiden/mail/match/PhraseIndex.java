package ekiden.mail.match;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds which of many phrases stand in a text. Each phrase waits under a few of its characters which the fewest other phrases have ({@link Grams});
 * only where these stand is the phrase compared. A text in which they stand all over is given to an automaton whose time is bounded.
 * What it answers never changes; safe from any thread.
 */
final class PhraseIndex {
    /** Steps that a text may take for each of its characters before the automaton has it. */
    private static final int STEPS = 8;

    private static final int STEPS_OF_ANY = 4096;

    private final List<String> phrases;
    private final List<Grams> grams;
    /** Made by the first text that needs it. */
    private volatile @Nullable PhraseAutomaton automaton;

    /**
     * @param phrases what is looked for, each not empty, all different; in NFC
     */
    PhraseIndex(List<String> phrases) {
        this.phrases = List.copyOf(phrases);
        this.grams = Grams.Kind.ALL.stream()
                .map(kind -> Grams.of(kind, this.phrases))
                .filter(one -> !one.empty())
                .toList();
    }

    /** {@return the numbers of the phrases that stand in the text} */
    Numbers in(String text) {
        Numbers found = new Numbers(phrases.size());
        if (!find(text, false, found)) {
            automaton().in(text).stream().forEach(found::add);
        }
        return found;
    }

    /**
     * As {@link #in}, for a text that may not be in NFC: nearly all are, and of these each piece is read once for both.
     *
     * @return the numbers, or null where the text may not be in NFC, or is one for the automaton
     */
    @Nullable
    Numbers inNormal(String text) {
        Numbers found = new Numbers(phrases.size());
        return find(text, true, found) ? found : null;
    }

    /** Notes the phrases; false where not all was looked at. */
    private boolean find(String text, boolean normalOnly, Numbers found) {
        long budget = STEPS_OF_ANY + (long) STEPS * text.length();
        Fours fours = new Fours(text);
        while (fours.next()) {
            if (normalOnly && !Nfc.plain(fours)) {
                return false;
            }
            for (Grams one : grams) {
                budget = one.find(fours, budget, found);
                if (budget < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether the automaton was needed yet. */
    boolean fellBack() {
        return automaton != null;
    }

    private PhraseAutomaton automaton() {
        PhraseAutomaton made = automaton;
        if (made == null) {
            // two threads may make two: they are equal
            made = new PhraseAutomaton(phrases);
            automaton = made;
        }
        return made;
    }
}
