package ekiden.main;

import ekiden.base.LazyLogger;
import ekiden.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;

/**
 * The temporary home of quickstart.
 *
 * @param folder where it is
 * @param definition the example in it
 * @param port where its listener for orders listens
 */
record QuickstartHome(Path folder, Path definition, int port) {
    private static final System.Logger LOG = LazyLogger.of(QuickstartHome.class);
    private static final String EXAMPLE = "/ekiden/quickstart/";

    /** Makes it with settings, definition and the command's script. */
    static QuickstartHome prepare() throws IOException {
        Path home = Files.createTempDirectory("ekiden-quickstart-");
        int port = freePort();
        Files.writeString(home.resolve("ekiden.yaml"), settings(port, freePort()));
        for (String name : List.of("order-intake.yaml", "load.sh", "reply.txt", "order.csv")) {
            copy(name, home.resolve(name));
        }
        Files.setPosixFilePermissions(home.resolve("load.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
        return new QuickstartHome(home, home.resolve("order-intake.yaml"), port);
    }

    private static String settings(int port, int customerPort) {
        return """
                version: 1
                listen: 127.0.0.1:0
                mail:
                  profiles:
                    orders:
                      receive: {smtpd: {listen: 127.0.0.1:%1$d, recipients: [orders@localhost]}}
                      send: {smtp: {host: 127.0.0.1, port: %2$d, tls: none}, from: orders@localhost}
                    customer:
                      receive: {smtpd: {listen: 127.0.0.1:%2$d, recipients: [customer@localhost]}}
                """.formatted(port, customerPort);
    }

    /** Another program may take it in between; then the listener says so and quickstart is called again. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void copy(String name, Path to) throws IOException {
        try (InputStream in = Objects.requireNonNull(QuickstartHome.class.getResourceAsStream(EXAMPLE + name), name)) {
            Files.copy(in, to);
        }
    }

    /** {@return whether there is nothing of a person in it: one run, the order and the reply} */
    static boolean holdsOnlyTheRelay(Store store) {
        try {
            return store.read(tx -> tx.runs().list(null, 2).size() == 1
                    && tx.mails().list(null, null, 3).size() == 2);
        } catch (Store.Unavailable unknown) {
            return false;
        }
    }

    /** {@return whether it is gone} */
    boolean remove() {
        try {
            TemporaryFolder.remove(folder);
            return true;
        } catch (IOException wrong) {
            LOG.log(Level.WARNING, "the temporary home cannot be removed", wrong);
            return false;
        }
    }
}
