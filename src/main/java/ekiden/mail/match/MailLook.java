package ekiden.mail.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One mail in the light of one {@link Terms}: which terms it has. Each facet is looked at when it is asked for first. Belongs to one thread. */
final class MailLook {
    private final Terms terms;
    private final MailValues mail;
    private final Numbers found;
    private final BitSet looked = new BitSet();
    private final List<@Nullable List<String>> values;

    MailLook(Terms terms, MailValues mail) {
        this.terms = terms;
        this.mail = mail;
        this.found = new Numbers(terms.count());
        this.values = new ArrayList<>(terms.facets());
        for (int i = 0; i < terms.facets(); i++) {
            values.add(null);
        }
    }

    TestedMail mail() {
        return mail.mail();
    }

    Facet facet(int number) {
        return terms.facet(number);
    }

    /** The values of a facet, whose terms are noted as found; null where they are not known. */
    @Nullable
    List<String> values(int facet) {
        if (!looked.get(facet)) {
            looked.set(facet);
            values.set(facet, terms.look(facet, mail, found));
        }
        return values.get(facet);
    }

    /** The terms of the facets that were asked for. */
    Numbers found() {
        return found;
    }

    boolean has(int facet, int term) {
        return values(facet) != null && found.has(term);
    }

    /** As {@link MailValues#of}. */
    @Nullable
    List<String> values(Facet facet) {
        return mail.of(facet);
    }

    /** Whether it is no automatic answer. */
    MatchResult.Verdict notAutomatic() {
        String sign = automatic();
        return sign == null
                ? MatchResult.Verdict.OPEN
                : sign.isEmpty() ? MatchResult.Verdict.MET : MatchResult.Verdict.MISSED;
    }

    /** As {@link MailValues#automatic}. */
    @Nullable
    String automatic() {
        return mail.automatic();
    }
}
