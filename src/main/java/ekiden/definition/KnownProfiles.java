package ekiden.definition;

import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.Proof;
import ekiden.model.definition.ReceiveMail;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The mail profiles of the settings and the units that are defined, for the check that a definition names only those.
 *
 * @param receiving names of those that can receive
 * @param sending names of those that can send
 * @param moves name to the folder into which taken mails are moved, as far as it is known
 * @param proofs name to what can be shown of its mails, as far as it is known
 * @param units the full names of the jobnets that are defined, or null where that is not known
 */
public record KnownProfiles(
        Set<String> receiving,
        Set<String> sending,
        Map<String, String> moves,
        Map<String, Set<Proof.Kind>> proofs,
        @Nullable Set<String> units) {
    /** Copies the sets. */
    public KnownProfiles {
        receiving = Set.copyOf(receiving);
        sending = Set.copyOf(sending);
        moves = Map.copyOf(moves);
        proofs = Map.copyOf(proofs);
        units = units == null ? null : Set.copyOf(units);
    }

    /**
     * Without knowledge of units.
     *
     * @param receiving names of those that can receive
     * @param sending names of those that can send
     * @param moves name to the folder into which taken mails are moved
     * @param proofs name to what can be shown of its mails
     */
    public KnownProfiles(
            Set<String> receiving,
            Set<String> sending,
            Map<String, String> moves,
            Map<String, Set<Proof.Kind>> proofs) {
        this(receiving, sending, moves, proofs, null);
    }

    /**
     * @param defined the full names of the jobnets that are defined
     * @return these profiles and those units
     */
    public KnownProfiles withUnits(Set<String> defined) {
        return new KnownProfiles(receiving, sending, moves, proofs, defined);
    }

    /**
     * Profiles of which it is not known what can be shown of their mails.
     *
     * @param receiving names of those that can receive
     * @param sending names of those that can send
     * @param moves name to the folder into which taken mails are moved
     */
    public KnownProfiles(Set<String> receiving, Set<String> sending, Map<String, String> moves) {
        this(receiving, sending, moves, Map.of(), null);
    }

    /**
     * @param jobnet a definition that was checked
     * @return these profiles, with the folders into which it moves mails
     */
    public KnownProfiles with(Jobnet jobnet) {
        Map<String, String> more = new HashMap<>(moves);
        move(jobnet.start(), more);
        for (Job job : jobnet.jobs()) {
            if (job.work() instanceof ReceiveMail receive) {
                move(receive, more);
            }
        }
        return new KnownProfiles(receiving, sending, more, proofs, units);
    }

    private static void move(@Nullable ReceiveMail receive, Map<String, String> moves) {
        String folder = receive == null || receive.after() == null
                ? null
                : receive.after().moveTo();
        if (receive != null && folder != null) {
            moves.putIfAbsent(receive.profile(), folder);
        }
    }
}
