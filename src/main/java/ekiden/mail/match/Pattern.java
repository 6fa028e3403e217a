package ekiden.mail.match;

import ekiden.model.definition.Entry;
import ekiden.regex.Regex;
import org.jspecify.annotations.Nullable;

/** What a pattern says of one value, or of one line of it. */
sealed interface Pattern {
    /** Characters that must stand in a value; empty where none are known. */
    String needed();

    /** Whether it counts characters that may be more when they are compared: then it is shown values as the mail has them, unless they are ASCII. */
    boolean counts();

    /**
     * @param seen what is tested
     * @param written whether it is as the mail has it; otherwise it is as it is compared
     * @param cut whether the value goes on behind it
     */
    boolean meets(String seen, boolean written, boolean cut);

    /** A glob. */
    record OfGlob(Glob glob) implements Pattern {
        @Override
        public String needed() {
            return glob.needed();
        }

        @Override
        public boolean counts() {
            return glob.counts();
        }

        @Override
        public boolean meets(String seen, boolean written, boolean cut) {
            boolean covers = written ? glob.coversWritten(seen) : glob.covers(seen);
            return cut ? glob.coversBeginning(covers) : covers;
        }
    }

    /**
     * A regular expression.
     *
     * @param regex compiled; null for one that does not compile: it was refused when it was defined, and is met by nothing
     * @param entry for what it would be of a beginning
     * @param addresses whether its list is one of addresses
     */
    record OfRegex(@Nullable Regex regex, String needed, Entry entry, boolean addresses) implements Pattern {
        @Override
        public boolean counts() {
            return false;
        }

        @Override
        public boolean meets(String seen, boolean written, boolean cut) {
            if (regex == null || !regex.in(seen)) {
                return false;
            }
            // values so long are rare; it is compiled when there is one
            return !cut
                    || (Expressions.ofBeginning(entry, addresses) instanceof Regex.Compiling.Good(Regex open)
                            && open.in(seen));
        }
    }

    /** The pattern of a regular expression, for values of a facet. */
    static Pattern ofRegex(Entry entry, Facet facet) {
        boolean addresses = facet.addresses();
        return switch (Expressions.compile(entry, addresses)) {
            case Regex.Compiling.Good(Regex regex) ->
                new OfRegex(regex, Expressions.needed(entry, addresses, regex), entry, addresses);
            case Regex.Compiling.Wrong _ -> new OfRegex(null, "", entry, addresses);
        };
    }
}
