package ekiden.store.jdbc;

import java.sql.SQLException;

/** Carries a database's error through the work of a transaction; never leaves this package. */
final class SqlFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Trouble trouble;

    SqlFailure(Trouble trouble, String what) {
        super(what, null, false, false);
        this.trouble = trouble;
    }

    SqlFailure(Trouble trouble, SQLException cause) {
        super(cause.getMessage(), cause);
        this.trouble = trouble;
    }

    Trouble trouble() {
        return trouble;
    }
}
