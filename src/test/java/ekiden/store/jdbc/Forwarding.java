package ekiden.store.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** A dialect that passes everything on. */
abstract class Forwarding implements Dialect {
    private final Dialect real;

    Forwarding(Dialect real) {
        this.real = real;
    }

    final Dialect real() {
        return real;
    }

    @Override
    public String migrations() {
        return real.migrations();
    }

    @Override
    public String place() {
        return real.place();
    }

    @Override
    public void beginWrite(Session session) throws SQLException {
        real.beginWrite(session);
    }

    @Override
    public void beginRead(Session session) throws SQLException {
        real.beginRead(session);
    }

    @Override
    public void bind(PreparedStatement statement, int index, UUID id) throws SQLException {
        real.bind(statement, index, id);
    }

    @Override
    public Trouble trouble(SQLException error) {
        return real.trouble(error);
    }

    @Override
    public boolean surelyRolledBack(SQLException error) {
        return real.surelyRolledBack(error);
    }
}
