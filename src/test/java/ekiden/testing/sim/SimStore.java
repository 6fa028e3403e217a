package ekiden.testing.sim;

import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.UidSet;
import ekiden.store.Cursors;
import ekiden.store.Mails;
import ekiden.store.Store;
import ekiden.store.Transaction;
import ekiden.store.Watches;
import ekiden.store.memory.MemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The store as one life of the manager sees it. What is committed is looked at before anybody is told. */
final class SimStore implements Store {
    private static final List<MemoryStore.Fault> FAULTS = List.of(MemoryStore.Fault.values());

    private final SimWorld world;
    private final MemoryStore store;
    private final int life;

    SimStore(SimWorld world, int life) {
        this.world = world;
        this.store = world.store;
        this.life = life;
    }

    @Override
    public <T> Outcome<T> write(Function<Transaction, T> work) {
        world.managerHost.mustLive(life);
        if (world.chance.one(world.faults().storeCrash())) {
            world.crash(world.managerHost, "before a commit");
        }
        if (store.faultsLeft() == 0 && world.chance.one(world.faults().storeFault())) {
            MemoryStore.Fault fault = world.chance.of(FAULTS);
            world.census.count("commit " + fault);
            world.trace.say(() -> "the next commit: " + fault);
            store.failNext(fault);
        }
        long before = store.commits();
        Outcome<T> outcome = store.write(tx -> work.apply(broken(tx)));
        if (store.commits() != before) {
            world.observed.look();
        }
        if (world.chance.one(world.faults().storeCrash())) {
            world.crash(world.managerHost, "behind a commit");
        }
        return outcome;
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
        world.managerHost.mustLive(life);
        return store.read(work);
    }

    @Override
    public void whenTimersSet(Consumer<Instant> listener) {
        store.whenTimersSet(listener);
    }

    @Override
    public void close() {
        store.close();
    }

    private Transaction broken(Transaction tx) {
        return switch (world.canary) {
            case FORGETS_MAILS -> with(tx, "mails", forgetful(tx.mails()));
            case FORGETS_JOINS -> with(tx, "watches", uncounted(tx.watches()));
            case CURSOR_RUNS_AHEAD -> with(tx, "cursors", ahead(tx.cursors()));
            case FORGETS_OTHERS -> with(tx, "mails", unobserving(tx.mails()));
            case null, default -> tx;
        };
    }

    private Mails forgetful(Mails mails) {
        return proxy(Mails.class, mails, (name, arguments, real) -> {
            boolean byIdentity = name.equals("find") && arguments[0] instanceof MailIdentity;
            return byIdentity ? Optional.empty() : real.call();
        });
    }

    private Mails unobserving(Mails mails) {
        return proxy(Mails.class, mails, (name, arguments, real) -> {
            boolean elsewhere = name.equals("update")
                    && ((CatalogueMail) arguments[0]).state() == CatalogueMail.State.READ_ELSEWHERE;
            return elsewhere ? null : real.call();
        });
    }

    private Cursors ahead(Cursors cursors) {
        return proxy(Cursors.class, cursors, (name, arguments, real) -> {
            if (name.equals("put")) {
                Cursor cursor = (Cursor) arguments[1];
                arguments[1] = cursor.plus(UidSet.between(1, cursor.settled().max() + 2));
            }
            return real.call();
        });
    }

    private Watches uncounted(Watches watches) {
        return proxy(Watches.class, watches, (name, arguments, real) -> name.equals("version") ? 0L : real.call());
    }

    private static Transaction with(Transaction tx, String part, Object replaced) {
        return proxy(Transaction.class, tx, (name, arguments, real) -> name.equals(part) ? replaced : real.call());
    }

    /** The real answer. */
    private interface Real {
        @Nullable
        Object call() throws Throwable;
    }

    /** Answers in the place of the real one. */
    private interface Instead {
        @Nullable
        Object call(String name, Object[] arguments, Real real) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T target, Instead instead) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return instead.call(method.getName(), arguments, () -> method.invoke(target, arguments));
                    } catch (InvocationTargetException wrong) {
                        throw wrong.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
