package ekiden.store.jdbc;

/**
 * Where a PostgreSQL database is.
 *
 * @param url {@code jdbc:postgresql://HOST:PORT/DATABASE} with the driver's parameters, without password
 * @param user who connects
 * @param password empty where the server asks for none; never shown
 */
public record PostgresPlace(String url, String user, String password) {
    @Override
    public String toString() {
        return url + " as " + user;
    }
}
