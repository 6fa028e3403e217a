package ekiden.store.jdbc;

import static ekiden.store.StoreSamples.id;
import static ekiden.store.StoreSamples.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.store.Store;
import ekiden.store.Store.Outcome;
import ekiden.store.StoreMessage;
import ekiden.testing.Ports;
import ekiden.testing.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PostgresFailureIT {
    private static final StoreLimits LIMITS = new StoreLimits(Duration.ofMillis(300), 4, 1, 0, 0);
    private static final String CUT_OFF =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND pid <> pg_backend_pid()";

    private final PostgresPlace place =
            new PostgresPlace(PostgresServer.shared().newDatabase(), "ekiden", "");
    private final PostgresDialect dialect = new PostgresDialect(place, LIMITS.patience(), Hold.SHARED);

    private static JdbcStore opened(Result<JdbcStore> result) {
        return switch (result) {
            case Result.Ok<JdbcStore>(JdbcStore store) -> store;
            case Result.Failed<JdbcStore>(Problem problem) -> throw new AssertionError("not opened: " + problem);
        };
    }

    private static Outcome<Boolean> insert(Store store, long number) {
        return store.write(t -> {
            t.runs().insert(run(number, "/a", number));
            return true;
        });
    }

    private static boolean there(Store store, long number) {
        return store.read(t -> t.runs().find(id(number))).isPresent();
    }

    private static void rolledBack(Outcome<Boolean> outcome, StoreMessage message) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.RolledBack.class,
                        back -> assertThat(back.problem().id()).isEqualTo(message.id()));
    }

    private void cutAllOff() throws SQLException {
        try (Session other = dialect.connect(true)) {
            other.once(CUT_OFF);
        }
    }

    private Result<JdbcStore> alone() {
        return JdbcStore.postgres(place, LIMITS, new SystemClock(), Hold.ALONE);
    }

    private void refused() {
        assertThat(alone()).isInstanceOfSatisfying(Result.Failed.class, second -> {
            assertThat(second.problem().id()).isEqualTo(StoreMessage.IN_USE.id());
            assertThat(String.valueOf(second.problem().values().get("holder")))
                    .startsWith("ekiden " + ProcessHandle.current().pid() + " at ");
        });
    }

    @Test
    void secondHomeOnTheSameStoreIsRefused() throws SQLException {
        try (JdbcStore first = opened(alone())) {
            assertThat(insert(first, 1)).isEqualTo(new Outcome.Committed<>(true));
            refused();
            cutAllOff();
            assertThat(insert(first, 2)).as("made anew, and held again").isEqualTo(new Outcome.Committed<>(true));
            refused();
            assertThat(insert(first, 3)).isEqualTo(new Outcome.Committed<>(true));
            opened(JdbcStore.postgres(place, LIMITS, new SystemClock())).close();
        }
        opened(alone()).close();
    }

    @Test
    void homeThatLostItsStoreToAnotherWritesNothing() throws SQLException {
        try (JdbcStore first = opened(alone())) {
            cutAllOff();
            try (JdbcStore second = opened(alone())) {
                assertThat(insert(second, 1)).isEqualTo(new Outcome.Committed<>(true));
                rolledBack(insert(first, 2), StoreMessage.IN_USE);
            }
            assertThat(insert(first, 2)).isEqualTo(new Outcome.Committed<>(true));
        }
    }

    @Test
    void connectionsLostWhileNobodyUsedThemAreMadeAnew() throws SQLException {
        try (JdbcStore store = opened(JdbcStore.postgres(place, LIMITS, new SystemClock()))) {
            insert(store, 1);
            assertThat(there(store, 1)).isTrue();
            cutAllOff();
            assertThat(there(store, 1)).isTrue();
            assertThat(insert(store, 2)).isEqualTo(new Outcome.Committed<>(true));
        }
    }

    @Test
    void aConnectionLostInTheMiddleRollsBack() {
        try (JdbcStore store = opened(JdbcStore.postgres(place, LIMITS, new SystemClock()))) {
            Outcome<Boolean> outcome = store.write(t -> {
                t.runs().insert(run(1, "/a", 1));
                cutOffUnchecked();
                t.runs().insert(run(2, "/a", 2));
                return true;
            });
            rolledBack(outcome, StoreMessage.NOT_REACHABLE);
            assertThat(there(store, 1)).isFalse();
            assertThat(insert(store, 1)).isEqualTo(new Outcome.Committed<>(true));
        }
    }

    @Test
    void aConnectionLostBeforeTheCommitIsUnknownAndReadAfterwards() {
        try (JdbcStore store = opened(JdbcStore.postgres(place, LIMITS, new SystemClock()))) {
            Outcome<Boolean> outcome = store.write(t -> {
                t.runs().insert(run(1, "/a", 1));
                cutOffUnchecked();
                return true;
            });
            assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
            assertThat(there(store, 1)).isFalse();
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostIsUnknownAndReadAfterwards() {
        Faulty faulty = new Faulty(dialect);
        try (JdbcStore store = opened(JdbcStore.open(faulty, LIMITS, new SystemClock()))) {
            faulty.failAfter(new SQLException("scripted", "08006"));
            assertThat(insert(store, 1)).isInstanceOf(Outcome.Unknown.class);
            assertThat(there(store, 1)).isTrue();
        }
    }

    @Test
    void aCommitThatTheServerRefusesForOthersIsAConflict() {
        Faulty faulty = new Faulty(dialect);
        try (JdbcStore store = opened(JdbcStore.open(faulty, LIMITS, new SystemClock()))) {
            faulty.failBefore(new SQLException("scripted", "40001"));
            assertThat(insert(store, 1)).isEqualTo(new Outcome.Conflict<Boolean>());
            assertThat(there(store, 1)).isFalse();
        }
    }

    @Test
    void aManagerThatHangsInATransactionMakesTheOthersBusyNotWaitForEver() throws SQLException {
        try (JdbcStore store = opened(JdbcStore.postgres(place, LIMITS, new SystemClock()));
                Session other = dialect.connect(true)) {
            dialect.beginWrite(other);
            rolledBack(insert(store, 1), StoreMessage.BUSY);
            other.say("ROLLBACK");
            assertThat(insert(store, 1)).isEqualTo(new Outcome.Committed<>(true));
        }
    }

    @Test
    void aStatementThatIsRefusedDoesNotEndTheStore() throws SQLException {
        try (JdbcStore store = opened(JdbcStore.postgres(place, LIMITS, new SystemClock()));
                Session other = dialect.connect(true)) {
            other.once("DROP TABLE run");
            rolledBack(insert(store, 1), StoreMessage.FAILED);
            assertThatThrownBy(() -> there(store, 1)).isInstanceOf(Store.Unavailable.class);
            assertThat(store.write(t -> t.mails().nextId())).isEqualTo(new Outcome.Committed<>(1L));
        }
    }

    @Test
    void aServerThatIsNotThereIsTold() {
        PostgresPlace nowhere =
                new PostgresPlace("jdbc:postgresql://127.0.0.1:" + Ports.free() + "/x", "ekiden", "secret");
        assertThat(JdbcStore.postgres(nowhere, LIMITS, new SystemClock()))
                .isInstanceOfSatisfying(Result.Failed.class, failed -> {
                    assertThat(failed.problem().id()).isEqualTo(StoreMessage.NOT_REACHABLE.id());
                    assertThat(failed.problem().toString()).doesNotContain("secret");
                });
    }

    @Test
    void aUserThatTheServerDoesNotKnowIsTold() {
        String url = place.url().replaceFirst("\\?.*", "");
        PostgresPlace stranger = new PostgresPlace(url, "stranger", "secret");
        assertThat(JdbcStore.postgres(stranger, LIMITS, new SystemClock()))
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.problem().id()).isEqualTo(StoreMessage.REFUSED.id()));
    }

    @Test
    void anAddressThatIsNoneOfPostgresIsTold() {
        PostgresPlace wrong = new PostgresPlace("jdbc:other:x", "ekiden", "");
        assertThat(JdbcStore.postgres(wrong, LIMITS, new SystemClock()))
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.problem().id()).isEqualTo(StoreMessage.NOT_OPENED.id()));
    }

    private void cutOffUnchecked() {
        try {
            cutAllOff();
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
