package ekiden.manager;

import ekiden.link.Assignment;
import ekiden.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * One command being carried out in one transaction: the transaction, the present, and what agents are to be told once it is
 * committed. Belongs to one thread.
 */
final class Scope {
    final Transaction tx;
    final Instant now;
    final ManagerSettings settings;
    /** What profiles say of their own. */
    final ProfileRules profiles;

    /** The id that this command brought; further ids follow from it. */
    final UUID commandId;

    final List<Assignment> assigned = new ArrayList<>();
    final Set<String> changedMailboxes = new LinkedHashSet<>();

    final RunShell runs;
    final WatchShell watches;
    final MailShell mails;

    Scope(Transaction tx, Instant now, ManagerSettings settings, ProfileRules profiles, UUID commandId) {
        this.tx = tx;
        this.now = now;
        this.settings = settings;
        this.profiles = profiles;
        this.commandId = commandId;
        this.runs = new RunShell(this);
        this.watches = new WatchShell(this);
        this.mails = new MailShell(this);
    }

    /** Puts an assignment into the outbox; the agent is told after the commit. */
    void assign(Assignment assignment) {
        tx.outbox().put(settings.agent(), assignment, now);
        assigned.add(assignment);
    }
}
