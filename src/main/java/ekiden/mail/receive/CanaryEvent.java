package ekiden.mail.receive;

import ekiden.base.Problem;
import java.util.UUID;

/** What happens to a mailbox's canary. */
public sealed interface CanaryEvent {
    /**
     * Time passed.
     *
     * @param fresh the id of the next canary, where one is due now
     */
    record Ticked(UUID fresh) implements CanaryEvent {}

    /**
     * The server took it.
     *
     * @param id which one
     */
    record Accepted(UUID id) implements CanaryEvent {}

    /**
     * It was surely or perhaps not taken.
     *
     * @param id which one
     * @param problem why
     * @param again whether another try can help
     */
    record Failed(UUID id, Problem problem, boolean again) implements CanaryEvent {}

    /**
     * A reader saw a canary of this home.
     *
     * @param id which one
     */
    record Seen(UUID id) implements CanaryEvent {}

    /** People were told by a process before this one that something is wrong, and not yet that it is over. */
    record WasTold() implements CanaryEvent {}
}
