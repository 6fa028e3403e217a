package ekiden.mail.match;

import ekiden.mail.match.MatchResult.Field;
import ekiden.mail.match.MatchResult.Verdict;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.MailSummary;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Many watches compiled once and tested in one pass over a mail. Each watch waits under the rarest thing it asks for: its
 * senders, else header fields, else the words of its subject list, and so on; only what a mail has of these is looked at
 * further, and patterns only where the words that they need are there. So a watch costs nothing for the mails of others. Immutable; safe from any thread.
 */
public final class WatchSet {
    private final Terms terms = new Terms();
    private final List<Compiled> watches = new ArrayList<>();
    /** Term → watches that wait under it. */
    private final List<List<Integer>> byTerm;
    /** Facet under whose terms watches wait → these: where its values are not known, all of them may match. */
    private final Map<Integer, BitSet> byFacet = new TreeMap<>();
    /** Watches that must be asked about every mail. */
    private final BitSet always = new BitSet();

    private final boolean needsText;

    /**
     * @param conditions watch id → what it waits for, in the order in which ids are to be answered
     */
    public WatchSet(Map<String, Conditions> conditions) {
        conditions.forEach((id, wanted) -> watches.add(Compiled.of(id, wanted, terms)));
        terms.close();
        this.byTerm = new ArrayList<>(terms.count());
        for (int i = 0; i < terms.count(); i++) {
            byTerm.add(List.of());
        }
        for (int i = 0; i < watches.size(); i++) {
            index(i, watches.get(i));
        }
        this.needsText = IntStream.range(0, terms.facets())
                .anyMatch(facet -> terms.facet(facet).field() == Field.TEXT);
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

    /** {@return whether any watch looks at the text: otherwise a reader need not fetch it} */
    public boolean needsText() {
        return needsText;
    }

    /**
     * Whether what is not known yet need not be known to say no: then a reader leaves the body where it is.
     *
     * @param mail of which something may not be known
     * @return whether a watch may match, whatever that is
     */
    public boolean mayMatch(TestedMail mail) {
        MailLook look = new MailLook(terms, mail);
        BitSet candidates = candidates(look);
        return candidates.stream().anyMatch(number -> watches.get(number).of(look) != Verdict.MISSED);
    }

    /**
     * @param mail what the mail is
     * @return the ids of the watches whose conditions it meets, in the order they were given; those that are open do not count
     */
    public List<String> matching(TestedMail mail) {
        return find(mail).ids();
    }

    /**
     * What became of all watches.
     *
     * @param ids of the watches whose conditions are met, in the order they were given
     * @param open whether there are others that may be met, because not all that they ask for is known of the mail
     */
    public record Matching(List<String> ids, boolean open) {
        /** Copies the list. */
        public Matching {
            ids = List.copyOf(ids);
        }
    }

    /**
     * As {@link #matching(TestedMail)}, for whoever must not take what could not be read for something missed.
     *
     * @param mail what the mail is
     * @return what became of all watches
     */
    public Matching find(TestedMail mail) {
        MailLook look = new MailLook(terms, mail);
        BitSet candidates = candidates(look);
        List<String> ids = new ArrayList<>();
        boolean open = false;
        for (int i = candidates.nextSetBit(0); i >= 0; i = candidates.nextSetBit(i + 1)) {
            Compiled watch = watches.get(i);
            switch (watch.of(look)) {
                case MET -> ids.add(watch.id());
                case OPEN -> open = true;
                case MISSED -> {}
            }
        }
        return new Matching(ids, open);
    }

    /**
     * As {@link #matching(TestedMail)} for a mail without header fields beside those of its summary.
     *
     * @param mail what the mail is
     * @param text its body text, lines ended by LF
     * @return the ids of the watches whose conditions it meets
     */
    public List<String> matching(MailSummary mail, String text) {
        return matching(TestedMail.whole(mail, text, name -> List.of(), 0));
    }

    private BitSet candidates(MailLook look) {
        BitSet candidates = (BitSet) always.clone();
        byFacet.forEach((facet, waiting) -> {
            if (look.values(facet) == null) {
                candidates.or(waiting);
            }
        });
        BitSet found = look.found();
        for (int term = found.nextSetBit(0); term >= 0; term = found.nextSetBit(term + 1)) {
            for (int watch : byTerm.get(term)) {
                candidates.set(watch);
            }
        }
        return candidates;
    }
}
