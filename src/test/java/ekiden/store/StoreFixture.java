package ekiden.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fresh store for each test, and short words for what is done with it. */
abstract class StoreFixture {
    private Store store;

    /** An empty store. */
    abstract Store open();

    @BeforeEach
    final void openStore() {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    final Store store() {
        return store;
    }

    final <T> T committed(Function<Transaction, T> work) {
        Store.Outcome<T> outcome = store.write(work);
        assertThat(outcome).isInstanceOf(Store.Outcome.Committed.class);
        return ((Store.Outcome.Committed<T>) outcome).value();
    }

    final void commit(Consumer<Transaction> work) {
        committed(transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    final Store.Outcome<Boolean> outcome(Consumer<Transaction> work) {
        return store.write(transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    final void conflicts(Consumer<Transaction> work) {
        assertThat(outcome(work)).isEqualTo(new Store.Outcome.Conflict<Boolean>());
    }

    /** Looks at what is stored. */
    final void seen(Consumer<Transaction> look) {
        store.read(transaction -> {
            look.accept(transaction);
            return true;
        });
    }
}
