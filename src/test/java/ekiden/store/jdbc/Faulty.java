package ekiden.store.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A dialect whose COMMITs fail as told, on connections that are real otherwise. */
final class Faulty extends Forwarding {
    /** One commit that fails. */
    record Fault(boolean before, SQLException error) {}

    private final Deque<Fault> faults = new ArrayDeque<>();
    private final AtomicInteger commits = new AtomicInteger();

    Faulty(Dialect real) {
        super(real);
    }

    /** The next COMMIT is not carried out. */
    void failBefore(SQLException error) {
        faults.add(new Fault(true, error));
    }

    /** The next COMMIT is carried out, and its answer is lost. */
    void failAfter(SQLException error) {
        faults.add(new Fault(false, error));
    }

    /** How often COMMIT was said. */
    int commits() {
        return commits.get();
    }

    @Override
    public Session connect(boolean writer) throws SQLException {
        Session session = real().connect(writer);
        return writer ? new Session(faulty(session.connection()), this) : session;
    }

    private Connection faulty(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object result = call(connection, method, arguments);
                    boolean commit = method.getName().equals("prepareStatement") && arguments[0].equals("COMMIT");
                    return commit && result instanceof PreparedStatement statement ? faulty(statement) : result;
                });
    }

    private PreparedStatement faulty(PreparedStatement commit) {
        return (PreparedStatement) Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {PreparedStatement.class},
                (proxy, method, arguments) -> {
                    Fault fault = method.getName().equals("execute") ? counted() : null;
                    if (fault == null) {
                        return call(commit, method, arguments);
                    }
                    if (!fault.before()) {
                        call(commit, method, arguments);
                    }
                    throw fault.error();
                });
    }

    private @Nullable Fault counted() {
        commits.incrementAndGet();
        return faults.poll();
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }
}
