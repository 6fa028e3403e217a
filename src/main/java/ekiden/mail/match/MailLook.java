package ekiden.mail.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One mail in the light of one {@link Terms}: which terms it has. Each facet is worked out when it is asked for first. Belongs to one thread. */
final class MailLook {
    private final Terms terms;
    private final TestedMail mail;
    private final BitSet found = new BitSet();
    private final BitSet looked = new BitSet();
    private final List<@Nullable List<String>> values;
    private @Nullable String automatic;
    private boolean automaticAsked;

    MailLook(Terms terms, TestedMail mail) {
        this.terms = terms;
        this.mail = mail;
        this.values = new ArrayList<>(terms.facets());
        for (int i = 0; i < terms.facets(); i++) {
            values.add(null);
        }
    }

    TestedMail mail() {
        return mail;
    }

    Facet facet(int number) {
        return terms.facet(number);
    }

    /** The values of a facet, whose terms are noted as found; null where they are not known. */
    @Nullable
    List<String> values(int facet) {
        if (!looked.get(facet)) {
            looked.set(facet);
            List<String> known = terms.facet(facet).values(mail);
            values.set(facet, known);
            if (known != null) {
                terms.find(facet, known, found);
            }
        }
        return values.get(facet);
    }

    /** The terms of the facets that were asked for. */
    BitSet found() {
        return found;
    }

    boolean has(int facet, int term) {
        return values(facet) != null && found.get(term);
    }

    /** As {@link TestedMail#automatic}, looked for once. */
    @Nullable
    String automatic() {
        if (!automaticAsked) {
            automaticAsked = true;
            automatic = mail.automatic();
        }
        return automatic;
    }
}
