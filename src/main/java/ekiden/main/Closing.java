package ekiden.main;

import ekiden.base.LazyLogger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Closes one thing after the other, whatever goes wrong with one of them. */
final class Closing {
    private static final System.Logger LOG = LazyLogger.of(Closing.class);

    void close(String name, @Nullable AutoCloseable one) {
        try {
            if (one != null) {
                one.close();
            }
        } catch (Exception wrong) {
            LOG.log(Level.WARNING, "while stopping " + name, wrong);
        }
    }
}
