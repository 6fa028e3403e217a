package ekiden.agent.process;

import ekiden.testing.Eventually;
import java.time.Duration;

/** The wrappers of this process. */
final class Wrappers {
    private static final Duration WITHIN = Duration.ofSeconds(20);

    private Wrappers() {}

    /** Behind the end of a runner: one that has just been started still makes its files, in a folder that is about to be removed. */
    static void awaitGone() {
        Eventually.within(
                WITHIN,
                () -> "wrappers are left",
                () -> ProcessHandle.current()
                        .children()
                        .noneMatch(
                                child -> child.info().commandLine().orElse("").contains("keep()")));
    }
}
