package ekiden.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The launcher of PostgreSQL. */
class PostgresServerIT {
    @Test
    void eachNewDatabaseIsEmptyAndItsOwn() throws SQLException {
        PostgresServer server = PostgresServer.shared();
        String first = server.newDatabase();
        String second = server.newDatabase();
        run(first, "CREATE TABLE t (v INT)");
        run(second, "CREATE TABLE t (v INT)");
        assertThat(PostgresServer.shared()).isSameAs(server);
    }

    @Test
    void whatWasCommittedIsThereAfterACrash() throws SQLException {
        try (PostgresServer server = PostgresServer.start()) {
            String url = server.newDatabase();
            run(url, "CREATE TABLE t (v INT)");
            run(url, "INSERT INTO t VALUES (42)");
            long before = server.pid();
            server.crash();
            assertThatThrownBy(() -> run(url, "SELECT 1")).isInstanceOf(SQLException.class);
            server.startAgain();
            assertThat(server.pid()).isNotEqualTo(before);
            assertThat(number(url, "SELECT v FROM t")).isEqualTo(42);
        }
    }

    @Test
    void nothingRemainsAfterClose() {
        PostgresServer server = PostgresServer.start();
        long pid = server.pid();
        int port = server.port();
        server.close();
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
        assertThat(Ports.answers(port)).isFalse();
        assertThat(Files.exists(java.nio.file.Path.of("/proc/" + pid))).isFalse();
    }

    private static void run(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getInt(1);
        }
    }
}
