package ekiden.testing.sim;

import ekiden.base.Clock;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.UidKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One mail in a folder at a server, as the server knows it. Times are those of the world's clock. */
final class Letter {
    final SimMail mail;
    final String profile;
    final long came;
    /** When the server says that it came. */
    final Instant received;
    /** What it is called now, or was called last. */
    UidKey key;

    /** Flags that others set and left. */
    final Set<String> others = new LinkedHashSet<>();
    /** Flags that the agent gave it. */
    final Set<String> marks = new LinkedHashSet<>();
    /** When another client first marked it read. */
    long seen = Observed.NEVER;
    /** Whether another client ever marked it unread. */
    boolean unseen;
    /** When another client, or the loss of its folder, took it away. */
    long lost = Observed.NEVER;
    /** Whether the agent removed it. */
    boolean removed;
    /** Whether it ever changed its name. */
    boolean renamed;
    /** Each time the server showed it to a reader, and whether it was marked read then. */
    final List<Glance> glances = new ArrayList<>();

    /** It was shown. */
    record Glance(long at, boolean seen) {}

    Letter(SimMail mail, String profile, UidKey key, Clock clock) {
        this.mail = mail;
        this.profile = profile;
        this.key = key;
        this.came = clock.nanos();
        this.received = clock.now();
    }

    MailIdentity identity() {
        return key.identity(profile);
    }

    boolean there() {
        return lost == Observed.NEVER && !removed;
    }

    /** Whether anybody but the agent had a hand in it, so that a watch may find another mail than it was told of. */
    boolean touched() {
        return seen != Observed.NEVER || lost != Observed.NEVER || unseen || renamed;
    }

    @Override
    public String toString() {
        return "mail " + mail.number() + " (" + identity() + ")";
    }
}
