package ekiden.definition;

import java.util.Set;

/**
 * The mail profiles of the settings, for the check that a definition names only those.
 *
 * @param receiving names of those that can receive
 * @param sending names of those that can send
 */
public record KnownProfiles(Set<String> receiving, Set<String> sending) {
    /** Copies the sets. */
    public KnownProfiles {
        receiving = Set.copyOf(receiving);
        sending = Set.copyOf(sending);
    }
}
