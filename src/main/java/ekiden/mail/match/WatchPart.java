package ekiden.mail.match;

import ekiden.model.definition.Conditions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Watches compiled together. Each waits under the rarest thing it asks for: its senders, else header fields, else the words of its subject list, and so
 * on; only what a mail has of these is looked at further. Immutable.
 */
final class WatchPart {
    private final Terms terms = new Terms();
    private final List<Compiled> watches = new ArrayList<>();
    /** Term → watches that wait under it. */
    private final List<List<Integer>> byTerm;
    /** Facet under whose terms watches wait → these: where its values are not known, all of them may match. */
    private final Map<Integer, BitSet> byFacet = new TreeMap<>();
    /** Watches that must be asked about every mail. */
    private final BitSet always = new BitSet();
    /** Watches that look at the text. */
    private final BitSet texts = new BitSet();

    WatchPart(Map<String, Conditions> conditions) {
        conditions.forEach((id, wanted) -> watches.add(Compiled.of(id, wanted, terms)));
        terms.close();
        this.byTerm = new ArrayList<>(terms.count());
        for (int i = 0; i < terms.count(); i++) {
            byTerm.add(List.of());
        }
        for (int i = 0; i < watches.size(); i++) {
            index(i, watches.get(i));
            texts.set(i, watches.get(i).needsText());
        }
    }

    private void index(int number, Compiled watch) {
        Condition.OfList list = watch.rarest();
        if (watch.none()) {
            return;
        }
        if (list == null) {
            always.set(number);
            return;
        }
        list.terms().forEach(term -> under(term, number));
        list.checks().forEach(check -> under(Objects.requireNonNull(check.needed()), number));
        for (int facet : list.facets()) {
            byFacet.computeIfAbsent(facet, added -> new BitSet()).set(number);
        }
    }

    private void under(Terms.Term term, int watch) {
        List<Integer> waiting = byTerm.get(term.number());
        if (waiting.isEmpty()) {
            waiting = new ArrayList<>(1);
            byTerm.set(term.number(), waiting);
        }
        waiting.add(watch);
        byFacet.computeIfAbsent(term.facet(), added -> new BitSet()).set(watch);
    }

    /** Its watches, by number. */
    List<Compiled> watches() {
        return watches;
    }

    /** The numbers of those that look at the text. */
    BitSet texts() {
        return texts;
    }

    /** A mail in the light of what these watches look for. */
    MailLook look(MailValues mail) {
        return new MailLook(terms, mail);
    }

    /** The numbers of those that may match. */
    Numbers candidates(MailLook look) {
        Numbers candidates = new Numbers(watches.size());
        always.stream().forEach(candidates::add);
        byFacet.forEach((facet, waiting) -> {
            if (look.values(facet) == null) {
                waiting.stream().forEach(candidates::add);
            }
        });
        look.found().forEach(term -> byTerm.get(term).forEach(candidates::add));
        return candidates;
    }
}
