package ekiden.base;

import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * A logger that looks for the one of the JDK when something is logged, and not before: to find it, the JDK opens every jar of the class path and
 * starts {@code java.util.logging}, a sixth of the time of a short command, which most often has nothing to log. Safe from any thread.
 */
public final class LazyLogger implements System.Logger {
    private final String name;
    private volatile System.@Nullable Logger found;

    private LazyLogger(String name) {
        this.name = name;
    }

    /**
     * The logger of a class; nothing is looked for yet.
     *
     * @param owner the class that logs
     * @return its logger
     */
    public static System.Logger of(Class<?> owner) {
        return new LazyLogger(owner.getName());
    }

    /** Two threads may both look; they find the same one. */
    private System.Logger logger() {
        System.Logger known = found;
        if (known == null) {
            known = System.getLogger(name);
            found = known;
        }
        return known;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public boolean isLoggable(Level level) {
        return logger().isLoggable(level);
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
        logger().log(level, bundle, message, thrown);
    }

    @Override
    public void log(
            Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... parameters) {
        logger().log(level, bundle, format, parameters);
    }
}
