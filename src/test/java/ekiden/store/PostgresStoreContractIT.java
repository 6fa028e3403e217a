package ekiden.store;

import ekiden.base.SystemClock;
import ekiden.store.jdbc.JdbcStore;
import ekiden.store.jdbc.PostgresPlace;
import ekiden.store.jdbc.StoreLimits;
import ekiden.testing.PostgresServer;

class PostgresStoreContractIT extends JdbcStoreContract {
    private final String database = PostgresServer.shared().newDatabase();

    @Override
    Store open() {
        return openSecond();
    }

    @Override
    Store openSecond() {
        PostgresPlace place = new PostgresPlace(database, "ekiden", "");
        return opened(JdbcStore.postgres(place, StoreLimits.DEFAULT, new SystemClock()));
    }
}
