package ekiden.mail.proof;

import ekiden.base.Ascii;
import ekiden.mail.dkim.TxtRecords;
import ekiden.mail.dkim.TxtRecords.Answer;
import ekiden.model.mail.Address;
import java.util.List;

/**
 * What the domain of an author says its mails must show (RFC 7489 §6). The record is looked for at the author's domain and then at those above it: without a list of
 * public suffixes the first one that stands there counts.
 */
final class Dmarc {
    /** Labels of a domain, from its end, that are looked at (RFC 9989 has the same number). */
    private static final int MOST_LABELS = 8;

    private Dmarc() {}

    /** What was found. */
    sealed interface Policy {
        /**
         * A record.
         *
         * @param domain where it stands
         * @param strict whether a signature counts only of the author's own domain (adkim=s)
         */
        record Published(String domain, boolean strict) implements Policy {}

        /** There is none. */
        record None() implements Policy {}

        /**
         * The DNS gave no answer.
         *
         * @param why for people
         */
        record Unknown(String why) implements Policy {}
    }

    /** {@return the domain of an address, in lower case} */
    static String domain(Address author) {
        String address = author.address();
        return Ascii.lower(address.substring(address.lastIndexOf('@') + 1));
    }

    static Policy policy(Address author, TxtRecords records) {
        String domain = domain(author);
        Policy found = at(domain, records);
        while (found instanceof Policy.None && domain.indexOf('.') > 0) {
            domain = domain.substring(domain.indexOf('.') + 1);
            found = labels(domain) <= MOST_LABELS ? at(domain, records) : found;
        }
        return found;
    }

    private static Policy at(String domain, TxtRecords records) {
        if (domain.indexOf('.') <= 0) {
            return new Policy.None();
        }
        return switch (records.of("_dmarc." + domain)) {
            case Answer.Unavailable silent -> new Policy.Unknown(silent.why());
            case Answer.Absent absent -> new Policy.None();
            case Answer.Found(List<String> texts) -> published(domain, texts);
        };
    }

    /** Several are none (RFC 7489 §6.6.3). */
    private static Policy published(String domain, List<String> texts) {
        List<String> policies = texts.stream().filter(Dmarc::isPolicy).toList();
        return policies.size() == 1 ? new Policy.Published(domain, strict(policies.getFirst())) : new Policy.None();
    }

    private static int labels(String domain) {
        return (int) domain.chars().filter(c -> c == '.').count() + 1;
    }

    private static boolean isPolicy(String text) {
        String[] tags = text.split(";", -1);
        return tags[0].replace(" ", "").replace("\t", "").equals("v=DMARC1");
    }

    private static boolean strict(String text) {
        for (String tag : text.split(";", -1)) {
            int is = tag.indexOf('=');
            if (is > 0 && tag.substring(0, is).strip().equalsIgnoreCase("adkim")) {
                return tag.substring(is + 1).strip().equalsIgnoreCase("s");
            }
        }
        return false;
    }
}
