package ekiden.mail.dkim;

import ekiden.model.mail.Address;

/**
 * What became of one signature.
 *
 * @param domain who signed, in lower case; empty where the signature does not say
 * @param selector which of its keys; may be empty
 * @param outcome whether it counts
 */
public record DkimResult(String domain, String selector, Outcome outcome) {
    /** Whether a signature counts. */
    public sealed interface Outcome {
        /** It does: header and body are as the domain signed them. */
        record Passed() implements Outcome {}

        /**
         * It does not: permanent.
         *
         * @param why for people, without words of the mail
         */
        record Failed(String why) implements Outcome {}

        /**
         * Its key could not be asked for: unknown for now.
         *
         * @param why for people
         */
        record Later(String why) implements Outcome {}
    }

    /**
     * Whether the signing domain speaks for a sender: it is the sender's domain or one above it, of two labels at least (relaxed alignment, RFC
     * 7489 §3.1.1, without a list of public suffixes: nobody can publish a key there).
     *
     * @param author of the mail
     * @return whether it does; false where the signature does not count
     */
    public boolean speaksFor(Address author) {
        return author.isUnder(domain) && outcome instanceof Outcome.Passed;
    }
}
