package ekiden.mail.match;

import ekiden.mail.match.MatchResult.Verdict;
import ekiden.model.definition.Conditions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Watches compiled together. Each waits under the rarest thing it asks for: its senders, else header fields, else the words of its subject list, and so
 * on; only what a mail has of these is looked at further. Most watches ask for nothing else: of these it is enough to know under which word they wait, and
 * what is compiled of each, which lies anywhere in memory, is left where it is. Immutable.
 */
final class WatchPart {
    /** Of a watch that words alone decide, but for what nobody asks for. */
    private static final int BY_WORDS = 1;
    /** Of such a watch: mails of this Ekiden are kept away; automatic answers are. */
    private static final int NOT_OWN = 2;

    private static final int NOT_AUTOMATIC = 4;

    private final Terms terms = new Terms();
    private final List<Compiled> watches = new ArrayList<>();
    /** Watch → what decides it, of the signs above. */
    private final byte[] signs;

    private final String[] ids;
    /** Term → the only watch that waits under it, or, negative, -1 and where in {@link #waiting} there stand how many wait and which. */
    private final int[] byTerm;

    private final int[] waiting;
    /** Facet under whose terms watches wait → these: where its values are not known, all of them may match. */
    private final Map<Integer, BitSet> byFacet = new TreeMap<>();
    /** The same facets. */
    private final int[] facets;
    /** Watches that must be asked about every mail. */
    private final BitSet always = new BitSet();
    /** Watches that look at the text. */
    private final BitSet texts = new BitSet();

    /**
     * Watches that may match.
     *
     * @param numbers of the watches
     * @param byTerm so many of them, the first ones, wait under something that the mail has
     */
    record Candidates(Numbers numbers, int byTerm) {}

    WatchPart(Map<String, Conditions> conditions) {
        conditions.forEach((id, wanted) -> watches.add(Compiled.of(id, wanted, terms)));
        terms.close();
        this.signs = new byte[watches.size()];
        this.ids = new String[watches.size()];
        List<List<Integer>> under = new ArrayList<>(terms.count());
        for (int i = 0; i < terms.count(); i++) {
            under.add(List.of());
        }
        for (int i = 0; i < watches.size(); i++) {
            index(i, watches.get(i), under);
            ids[i] = watches.get(i).id();
            texts.set(i, watches.get(i).needsText());
        }
        this.byTerm = new int[terms.count()];
        this.waiting = new int
                [under.stream()
                        .mapToInt(some -> some.size() == 1 ? 0 : some.size() + 1)
                        .sum()];
        int at = 0;
        for (int term = 0; term < byTerm.length; term++) {
            List<Integer> some = under.get(term);
            if (some.size() == 1) {
                byTerm[term] = some.getFirst();
                continue;
            }
            byTerm[term] = ~at;
            waiting[at] = some.size();
            at++;
            for (int watch : some) {
                waiting[at] = watch;
                at++;
            }
        }
        this.facets = byFacet.keySet().stream().mapToInt(Integer::intValue).toArray();
    }

    private void index(int number, Compiled watch, List<List<Integer>> under) {
        Condition.OfList list = watch.rarest();
        if (watch.none()) {
            return;
        }
        if (list == null) {
            always.set(number);
            return;
        }
        list.terms().forEach(term -> under(term, number, under));
        list.checks().forEach(check -> under(Objects.requireNonNull(check.needed()), number, under));
        for (int facet : list.facets()) {
            byFacet.computeIfAbsent(facet, added -> new BitSet()).set(number);
        }
        if (watch.only(list)) {
            signs[number] =
                    (byte) (BY_WORDS | (watch.notOwn() ? NOT_OWN : 0) | (watch.notAutomatic() ? NOT_AUTOMATIC : 0));
        }
    }

    private void under(Terms.Term term, int watch, List<List<Integer>> under) {
        List<Integer> others = under.get(term.number());
        if (others.isEmpty()) {
            others = new ArrayList<>(1);
            under.set(term.number(), others);
        }
        others.add(watch);
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

    /** Those that may match. */
    Candidates candidates(MailLook look) {
        Numbers candidates = new Numbers(watches.size());
        boolean unknown = false;
        for (int facet : facets) {
            unknown |= look.values(facet) == null;
        }
        Numbers found = look.found();
        for (int i = 0; i < found.count(); i++) {
            int only = byTerm[found.get(i)];
            if (only >= 0) {
                candidates.add(only);
            } else {
                addAll(~only, candidates);
            }
        }
        int underTerms = candidates.count();
        always.stream().forEach(candidates::add);
        if (unknown) {
            byFacet.forEach((facet, some) -> {
                if (look.values(facet) == null) {
                    some.stream().forEach(candidates::add);
                }
            });
        }
        return new Candidates(candidates, underTerms);
    }

    private void addAll(int at, Numbers candidates) {
        for (int i = 1; i <= waiting[at]; i++) {
            candidates.add(waiting[at + i]);
        }
    }

    /** The id of a watch. */
    String id(int number) {
        return ids[number];
    }

    /** How the n-th candidate stands. */
    Verdict verdict(Candidates candidates, int n, MailLook look) {
        int number = candidates.numbers().get(n);
        int sign = signs[number];
        return n < candidates.byTerm() && (sign & BY_WORDS) != 0
                ? unasked(sign, look)
                : watches.get(number).of(look);
    }

    /** Of one of whose words the mail has one. */
    private static Verdict unasked(int sign, MailLook look) {
        if ((sign & NOT_OWN) != 0 && look.mail().own()) {
            return Verdict.MISSED;
        }
        return (sign & NOT_AUTOMATIC) != 0 ? look.notAutomatic() : Verdict.MET;
    }
}
