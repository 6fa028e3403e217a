package ekiden.mail.address;

import java.util.List;

/** Who is meant by a name, as far as one book knows. */
public sealed interface Decision {
    /**
     * This one.
     *
     * @param entry who
     */
    record One(Entry entry) implements Decision {}

    /**
     * Any of several.
     *
     * @param candidates two at least, or one of many that were not looked at
     */
    record Several(List<Entry> candidates) implements Decision {
        /** Copies the list. */
        public Several {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * Nobody.
     *
     * @param similar who has a name that begins so; may be empty
     */
    record Nobody(List<Entry> similar) implements Decision {
        /** Copies the list. */
        public Nobody {
            similar = List.copyOf(similar);
        }
    }
}
