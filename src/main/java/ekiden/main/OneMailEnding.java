package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.base.Tasks;
import ekiden.mail.send.SendProgress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A call that sends one mail is asked to end: at once while nobody can have the mail, which then nobody gets; with the answer to its end, or without it after
 * a few seconds, once somebody may have it. Tells one thing of the mail, once. Safe from any thread.
 */
final class OneMailEnding implements SendProgress {
    /** For the answer to the end of the mail. */
    static final Duration GRACE = Duration.ofSeconds(5);

    private final AskedToEnd asked;
    private final Tasks tasks;
    private final Runnable cleanUp;
    private final Supplier<ExitCode> late;
    private boolean ending;
    /** What this call ends with, whatever becomes of the mail; null while that decides. */
    private @Nullable ExitCode stopped;

    private boolean over;

    /**
     * @param asked asks
     * @param tasks wait for the answer
     * @param cleanUp what a call that ends at once leaves to nobody
     * @param late tells that the mail may have been delivered
     */
    OneMailEnding(AskedToEnd asked, Tasks tasks, Runnable cleanUp, Supplier<ExitCode> late) {
        this.asked = asked;
        this.tasks = tasks;
        this.cleanUp = cleanUp;
        this.late = late;
        asked.whenAsked(this::end);
    }

    @Override
    public synchronized boolean endingData() {
        ending = stopped == null;
        return ending;
    }

    private void end() {
        synchronized (this) {
            if (over) {
                return;
            }
            if (ending) {
                tasks.after(GRACE, "the answer is late", this::giveUp);
                return;
            }
            stopped = ExitCode.STOPPED;
        }
        cleanUp.run();
        asked.through(ExitCode.STOPPED);
    }

    private void giveUp() {
        synchronized (this) {
            if (over) {
                return;
            }
            stopped = late.get();
        }
        cleanUp.run();
        asked.through(ExitCode.UNCERTAIN);
    }

    /**
     * Tells what became of the mail, unless the call has been ended without that.
     *
     * @param telling gives what the call ends with
     * @return what it ends with
     */
    synchronized ExitCode tell(Supplier<ExitCode> telling) {
        ExitCode already = stopped;
        if (already != null) {
            return already;
        }
        over = true;
        return telling.get();
    }
}
