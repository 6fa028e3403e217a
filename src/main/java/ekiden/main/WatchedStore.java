package ekiden.main;

import ekiden.base.Problem;
import ekiden.store.Store;
import ekiden.store.StoreMessage;
import ekiden.store.Transaction;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store whose troubles, no room or no answer, are an alarm until it commits again. Safe from any thread. */
final class WatchedStore implements Store {
    private static final String ALARM = "disk/store";
    private static final Set<String> TROUBLES = Set.of(
            StoreMessage.NO_ROOM.id(),
            StoreMessage.NOT_REACHABLE.id(),
            StoreMessage.BUSY.id(),
            StoreMessage.DAMAGED.id());

    private final Store store;
    private volatile @Nullable AlarmDesk desk;

    WatchedStore(Store store) {
        this.store = store;
    }

    /** Alarms go there. */
    void goTo(AlarmDesk to) {
        desk = to;
    }

    @Override
    public <T> Outcome<T> write(Function<Transaction, T> work) {
        Outcome<T> outcome = store.write(work);
        AlarmDesk present = desk;
        if (present != null) {
            tell(outcome, present);
        }
        return outcome;
    }

    private static <T> void tell(Outcome<T> outcome, AlarmDesk desk) {
        switch (outcome) {
            case Outcome.Committed<T> committed -> desk.clear(ALARM);
            case Outcome.RolledBack<T>(Problem problem) -> {
                if (TROUBLES.contains(problem.id())) {
                    desk.raise(ALARM, problem);
                }
            }
            // somebody else was quicker, or it is read and decided again: neither says that the store is ill
            case Outcome.Conflict<T> conflict -> {}
            case Outcome.Unknown<T> unknown -> {}
        }
    }

    @Override
    public <T> T read(Function<Transaction, T> work) {
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
}
