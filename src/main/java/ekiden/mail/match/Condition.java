package ekiden.mail.match;

import ekiden.mail.match.MatchResult.Field;
import ekiden.mail.match.MatchResult.Verdict;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Proof;
import ekiden.model.definition.SizeRange;
import ekiden.model.mail.MailSummary;
import java.util.ArrayList;
import java.util.List;

/** One condition, compiled. */
sealed interface Condition {
    Field field();

    Verdict of(MailLook look);

    /**
     * A list of entries.
     *
     * @param field which
     * @param header the name of the header field, else empty
     * @param entries as defined
     * @param terms words of which one is enough
     * @param checks patterns of which one is enough
     * @param facets where words and patterns are looked for
     */
    record OfList(
            Field field,
            String header,
            List<Entry> entries,
            List<Terms.Term> terms,
            List<Check> checks,
            List<Integer> facets)
            implements Condition {
        static OfList of(Field field, String header, List<Entry> entries, Terms terms) {
            List<Terms.Term> words = new ArrayList<>();
            List<Check> checks = new ArrayList<>();
            for (Entry entry : entries) {
                if (entry.form() != Entry.Form.TEXT) {
                    checks.add(Check.of(field, header, entry, terms));
                    continue;
                }
                Facet facet = Facet.of(field, header, entry);
                String phrase = facet.phrase(entry.text());
                // without a term, but with its facet: it can never be met, and says so only where the value is known
                terms.facet(facet);
                if (!phrase.isEmpty() && !(field == Field.TEXT && breaksLine(phrase))) {
                    words.add(facet.exact() ? terms.whole(facet, phrase) : terms.part(facet, phrase));
                }
            }
            List<Integer> facets = entries.stream()
                    .map(entry -> terms.facet(Facet.of(field, header, entry)))
                    .distinct()
                    .toList();
            return new OfList(field, header, entries, List.copyOf(words), List.copyOf(checks), facets);
        }

        /** A condition with a line break in it could only match across one. */
        private static boolean breaksLine(String phrase) {
            return phrase.indexOf('\n') >= 0 || phrase.indexOf('\r') >= 0;
        }

        /** Whether each entry has a term without which it cannot be met. */
        boolean indexed() {
            return checks.stream().allMatch(check -> check.needed() != null);
        }

        @Override
        public Verdict of(MailLook look) {
            for (Terms.Term term : terms) {
                if (look.has(term.facet(), term.number())) {
                    return Verdict.MET;
                }
            }
            for (Check check : checks) {
                if (check.met(look)) {
                    return Verdict.MET;
                }
            }
            for (int facet : facets) {
                if (look.values(facet) == null) {
                    return Verdict.OPEN;
                }
            }
            return Verdict.MISSED;
        }
    }

    /** Whether a header field is there. */
    record Present(Field field, int facet) implements Condition {
        @Override
        public Verdict of(MailLook look) {
            List<String> values = look.values(facet);
            return values == null ? Verdict.OPEN : met(!values.isEmpty());
        }
    }

    /** How large it is. */
    record OfSize(SizeRange range) implements Condition {
        @Override
        public Field field() {
            return Field.SIZE;
        }

        @Override
        public Verdict of(MailLook look) {
            long size = look.mail().size();
            return size < 0 ? Verdict.OPEN : met(size >= range.min() && size <= range.max());
        }
    }

    /** Whether there are attachments. */
    record OfAttachments(boolean wanted) implements Condition {
        @Override
        public Field field() {
            return Field.HAS_ATTACHMENT;
        }

        @Override
        public Verdict of(MailLook look) {
            MailSummary summary = look.mail().summary();
            return look.mail().whole() ? met(wanted != summary.attachments().isEmpty()) : Verdict.OPEN;
        }
    }

    /** What shows that it is from whom it says. */
    record OfProofs(List<Proof.Kind> proofs) implements Condition {
        @Override
        public Field field() {
            return Field.AUTHENTICATED;
        }

        @Override
        public Verdict of(MailLook look) {
            return of(look.mail());
        }

        Verdict of(TestedMail mail) {
            Verdict all = Verdict.MISSED;
            for (Proof.Kind proof : proofs) {
                Verdict one =
                        all == Verdict.MET ? Verdict.MET : mail.proof(proof).verdict();
                all = one == Verdict.MISSED ? all : one;
            }
            return all;
        }
    }

    /** Mails of this Ekiden, not asked for. */
    record NotOwn() implements Condition {
        @Override
        public Field field() {
            return Field.OWN;
        }

        @Override
        public Verdict of(MailLook look) {
            return met(!look.mail().own());
        }
    }

    /** Automatic answers, not asked for. */
    record NotAutomatic() implements Condition {
        @Override
        public Field field() {
            return Field.AUTOMATIC;
        }

        @Override
        public Verdict of(MailLook look) {
            return look.notAutomatic();
        }
    }

    private static Verdict met(boolean holds) {
        return holds ? Verdict.MET : Verdict.MISSED;
    }
}
