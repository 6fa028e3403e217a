package ekiden.main;

import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.config.HomePaths;
import ekiden.store.Store;
import ekiden.store.jdbc.JdbcStore;
import ekiden.store.jdbc.StoreLimits;
import java.nio.file.Path;
import java.util.function.Function;

/** The store of a home on which no process runs. */
final class HomeStore {
    private HomeStore() {}

    /** Looks into it. */
    static <T> T look(Path home, Function<Store, T> use) {
        Result<JdbcStore> opened =
                JdbcStore.sqlite(new HomePaths(home).database(), StoreLimits.DEFAULT, new SystemClock());
        try (JdbcStore store = ((Result.Ok<JdbcStore>) opened).value()) {
            return use.apply(store);
        }
    }
}
