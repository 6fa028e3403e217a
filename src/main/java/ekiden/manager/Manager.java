package ekiden.manager;

import ekiden.base.Clock;
import ekiden.base.Ids;
import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.link.AgentLink;
import ekiden.link.Assignment;
import ekiden.store.Store;
import ekiden.store.Transaction;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Carries out commands. {@link #process} takes a batch, commits it as one transaction (so that runs share one fsync under load),
 * then answers and tells the agent. It never answers before the commit, and not at all where the commit is unknown and
 * the asker will ask again.
 *
 * <p>{@link #process} belongs to one thread (or to the simulation's); who feeds it is {@link Inbox}.
 */
public final class Manager {
    private static final Logger LOG = LazyLogger.of(Manager.class);
    private static final int MAX_CONFLICTS = 20;

    private final Store store;
    private final Clock clock;
    private final Ids ids;
    private final ManagerSettings settings;
    private final AgentLink agent;
    private final ProfileRules profiles;

    /**
     * @param store where everything durable is
     * @param clock the one clock
     * @param ids makes ids for commands that bring none
     * @param settings settings and limits
     * @param agent the agent that does the work
     */
    public Manager(Store store, Clock clock, Ids ids, ManagerSettings settings, AgentLink agent) {
        this(store, clock, ids, settings, agent, profile -> Optional.empty());
    }

    /**
     * As the other, with profiles that say something of their own.
     *
     * @param store where everything durable is
     * @param clock the one clock
     * @param ids makes ids for commands that bring none
     * @param settings settings and limits
     * @param agent the agent that does the work
     * @param profiles what profiles say of their own
     */
    public Manager(
            Store store, Clock clock, Ids ids, ManagerSettings settings, AgentLink agent, ProfileRules profiles) {
        this.profiles = profiles;
        this.store = store;
        this.clock = clock;
        this.ids = ids;
        this.settings = settings;
        this.agent = agent;
    }

    /**
     * A command and who waits for the reply.
     *
     * @param command what is asked
     * @param reply takes what became of it; called once, after the commit
     */
    public record Envelope(Command command, Consumer<Reply> reply) {}

    /** {@return the settings and limits} */
    public ManagerSettings settings() {
        return settings;
    }

    /** {@return the store, for reading} */
    public Store store() {
        return store;
    }

    /**
     * Takes in a timer whose time has come; returns when that is durable. Safe from any thread.
     *
     * @param timer what it was for
     * @throws IllegalStateException when it could not be taken in, or nobody knows
     */
    public void fire(String timer) {
        List<Reply> replies = new ArrayList<>();
        process(List.of(new Envelope(new Command.TimerFired(timer), replies::add)));
        if (!(replies.getFirst() instanceof Reply.Done)) {
            throw new IllegalStateException(timer + ": " + replies.getFirst());
        }
    }

    /**
     * Carries out a batch in one transaction. Where that fails by a bug in one command, each command gets its own transaction, so
     * that one cannot hold up the others.
     *
     * @param batch at least one command, in order
     */
    public void process(List<Envelope> batch) {
        Work work;
        try {
            work = commit(batch, 0);
        } catch (RuntimeException bug) {
            if (batch.size() == 1) {
                LOG.log(Level.ERROR, "command " + name(batch.getFirst()) + " ended by a bug", bug);
                answer(
                        batch.getFirst(),
                        new Reply.Refused(Problem.of(ManagerMessage.BUG, "command", name(batch.getFirst()))));
                return;
            }
            for (Envelope one : batch) {
                process(List.of(one));
            }
            return;
        }
        if (work != null) {
            finish(batch, work);
        }
    }

    /** Only what failed before the commit may be tried again one by one; so nothing behind the commit happens in here. */
    private @Nullable Work commit(List<Envelope> batch, int conflicts) {
        return switch (store.write(tx -> carryOut(tx, batch))) {
            case Store.Outcome.Committed<Work>(Work work) -> work;
            case Store.Outcome.Conflict<Work>() when conflicts < MAX_CONFLICTS -> commit(batch, conflicts + 1);
            case Store.Outcome.Conflict<Work>() ->
                refuse(batch, Problem.of(ManagerMessage.TOO_MANY_CONFLICTS, "count", MAX_CONFLICTS));
            case Store.Outcome.RolledBack<Work>(Problem problem) -> refuse(batch, problem);
            case Store.Outcome.Unknown<Work>(Problem problem) ->
                refuse(batch, Problem.of(ManagerMessage.COMMIT_UNKNOWN, "because", problem.id()));
        };
    }

    /** What a transaction leaves to do after its commit. */
    private record Work(List<Reply> replies, List<Assignment> assigned, Set<String> changedMailboxes) {}

    private Work carryOut(Transaction tx, List<Envelope> batch) {
        Work work = new Work(new ArrayList<>(), new ArrayList<>(), new LinkedHashSet<>());
        for (Envelope envelope : batch) {
            Scope scope = new Scope(tx, clock.now(), settings, profiles, CommandIds.of(envelope.command(), ids));
            work.replies().add(new CommandHandler(scope).handle(envelope.command()));
            work.assigned().addAll(scope.assigned);
            work.changedMailboxes().addAll(scope.changedMailboxes);
        }
        return work;
    }

    private void finish(List<Envelope> batch, Work work) {
        for (int i = 0; i < batch.size(); i++) {
            answer(batch.get(i), work.replies().get(i));
        }
        work.changedMailboxes().forEach(mailbox -> tell(() -> agent.watchesChanged(mailbox)));
        if (!work.assigned().isEmpty()) {
            tell(() -> agent.assigned(work.assigned()));
        }
    }

    /** What does not reach the agent it asks for by itself. */
    private static void tell(Runnable message) {
        try {
            message.run();
        } catch (RuntimeException lost) {
            LOG.log(Level.WARNING, "the agent could not be told", lost);
        }
    }

    private static @Nullable Work refuse(List<Envelope> batch, Problem problem) {
        batch.forEach(envelope -> answer(envelope, new Reply.Refused(problem)));
        return null;
    }

    private static void answer(Envelope envelope, Reply reply) {
        try {
            envelope.reply().accept(reply);
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "the reply to " + name(envelope) + " ended by a bug", bug);
        }
    }

    private static String name(Envelope envelope) {
        return envelope.command().getClass().getSimpleName();
    }
}
