package ekiden.store;

import ekiden.base.SystemClock;
import ekiden.store.jdbc.JdbcStore;
import ekiden.store.jdbc.StoreLimits;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreContractTest extends JdbcStoreContract {
    @TempDir
    private Path folder;

    @Override
    Store open() {
        return openSecond();
    }

    @Override
    Store openSecond() {
        return opened(JdbcStore.sqlite(folder.resolve("注文.db"), StoreLimits.DEFAULT, new SystemClock()));
    }
}
