package ekiden.testing.sim;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Hears what the product logs. An error is a bug, a violation of the world that this thread plays; the rest is weather. */
final class ProductLog extends Handler {
    private final Logger logger = Logger.getLogger("ekiden");
    private final @Nullable Level levelBefore = logger.getLevel();
    private final boolean parentsBefore = logger.getUseParentHandlers();

    void listen() {
        logger.setLevel(Level.SEVERE);
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
        SimWorld world = SimWorld.present();
        if (world != null && record.getLevel().intValue() >= Level.SEVERE.intValue()) {
            Throwable bug = record.getThrown();
            String where = bug == null ? "" : " " + bug + " at " + Violation.place(bug);
            world.violate(Violation.Checker.BUG, record.getMessage() + where);
        }
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    /** Everything as it was. */
    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(levelBefore);
        logger.setUseParentHandlers(parentsBefore);
    }
}
