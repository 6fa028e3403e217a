package ekiden.link;

import java.util.List;

/** An agent as its managers see it. No call blocks; a call may be lost: the agent also asks by itself from time to time. */
public interface AgentLink {
    /**
     * New assignments, after their commit.
     *
     * @param assignments in their order
     */
    void assigned(List<Assignment> assignments);

    /**
     * A watch joined or left the stream of a mailbox.
     *
     * @param mailbox the mailbox
     */
    void watchesChanged(String mailbox);
}
