package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.config.LocalDisk;
import ekiden.config.SecretReader;
import ekiden.config.StoreSettings;
import ekiden.mail.profile.Secret;
import ekiden.store.Store;
import ekiden.store.jdbc.Hold;
import ekiden.store.jdbc.JdbcStore;
import ekiden.store.jdbc.PostgresPlace;
import ekiden.store.jdbc.StoreLimits;
import ekiden.timer.running.TimerService;
import ekiden.timer.running.TimerSettings;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens the store that the settings name. */
final class Stores {
    private Stores() {}

    static Result<JdbcStore> open(StoreSettings settings, SecretReader secrets, Clock clock) {
        return switch (settings) {
            case StoreSettings.Sqlite sqlite -> open(sqlite, clock);
            case StoreSettings.Postgres postgres -> postgres(postgres, secrets, clock);
        };
    }

    /** Opens a SQLite file. */
    static Result<JdbcStore> open(StoreSettings.Sqlite sqlite, Clock clock) {
        Optional<Problem> network = LocalDisk.check(sqlite.file());
        return network.isPresent()
                ? Result.failed(network.get())
                : JdbcStore.sqlite(sqlite.file(), StoreLimits.DEFAULT, clock, Hold.ALONE);
    }

    private static Result<JdbcStore> postgres(StoreSettings.Postgres settings, SecretReader secrets, Clock clock) {
        Result<Secret> password =
                settings.password() == null ? Result.ok(new Secret("")) : secrets.read(settings.password());
        return switch (password) {
            case Result.Failed<Secret>(Problem problem) -> Result.failed(problem);
            case Result.Ok<Secret>(Secret secret) ->
                JdbcStore.postgres(
                        new PostgresPlace(
                                settings.jdbcUrl(), Objects.requireNonNullElse(settings.user(), ""), secret.reveal()),
                        StoreLimits.DEFAULT,
                        clock,
                        Hold.ALONE);
        };
    }

    /** Starts firing timers. */
    static AutoCloseable timers(Store store, Clock clock, Tasks tasks, Consumer<String> fire) {
        TimerService service = new TimerService(store, clock, tasks, TimerSettings.DEFAULT, fire);
        service.start();
        return service;
    }
}
