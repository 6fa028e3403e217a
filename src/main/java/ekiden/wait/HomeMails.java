package ekiden.wait;

import ekiden.base.Problem;
import ekiden.base.Result;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The temporary unit of a call at the process that runs on a home. Each method may be called again after a failure of which it is not known
 * whether something was done. Safe from any thread.
 */
public interface HomeMails {
    /**
     * A mail that the unit has taken and that was not let go.
     *
     * @param run the run it started
     * @param mail its number in the catalogue
     * @param key what makes it the same mail in its mailbox
     * @param atServer whether the key means this mail for ever
     * @param received when the mailbox had it
     * @param problem why it could not be kept whole, or null
     */
    record Taken(
            String run,
            long mail,
            String key,
            boolean atServer,
            Instant received,
            @Nullable Problem problem) {}

    /**
     * A look at the unit.
     *
     * @param mails in the order they were taken
     * @param next go on behind this run
     * @param behind how many runs follow; where a look from {@code next} shows none of them, their mails are being saved
     * @param defined whether the unit is there
     * @param left how many mails it takes still
     */
    record Page(List<Taken> mails, long next, int behind, boolean defined, int left) {
        /** Copies the list. */
        public Page {
            mails = List.copyOf(mails);
        }
    }

    /**
     * Lets the unit take so many mails from now on, whatever it was to take before.
     *
     * @param times 1 or more
     * @return true, or why not
     */
    Result<Boolean> define(int times);

    /**
     * @param after only mails behind this run
     * @param wait how long to wait for one
     * @return what there is, or why that is not known
     */
    Result<Page> taken(long after, Duration wait);

    /**
     * @param run whose mail
     * @param into takes the mail as it arrived
     * @return whether it is there still, or why that is not known; then a part of it may have been written
     */
    Result<Boolean> fetch(String run, OutputStream into);

    /**
     * The mail has its receipt here.
     *
     * @param run whose mail
     * @return true, or why it is not known whether the home let it go
     */
    Result<Boolean> letGo(String run);

    /**
     * Deletes the unit: it takes no mail any more. What it took stays until it is let go.
     *
     * @return true, also where it was gone already; or why not
     */
    Result<Boolean> delete();
}
