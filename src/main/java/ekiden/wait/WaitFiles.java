package ekiden.wait;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.mime.Message;
import ekiden.model.mail.SavedMail;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How files are saved, for a batch of mails at a time. One thread. */
public interface WaitFiles {
    /**
     * A mail that was taken and read.
     *
     * @param number its number
     * @param again whether an earlier call may have begun to save it
     * @param arrival the mail
     * @param message what was read
     */
    record Order(long number, boolean again, Arrival arrival, Message message) {}

    /**
     * Before the first mail.
     *
     * @param state tells this state from others
     * @param unfinished numbers that may come again; null where nothing was left by the call before
     * @return the problem, or null
     */
    @Nullable
    Problem begin(String state, @Nullable Set<Long> unfinished);

    /**
     * What can be done before it is durable that these mails were taken: nothing of it may be seen.
     *
     * @param orders the mails of a batch
     */
    void prepare(List<Order> orders);

    /**
     * Saves a mail of the batch; it is durable that it was taken.
     *
     * @param order the mail
     * @return its files, none where nothing is saved; or why they cannot be saved
     */
    Result<Optional<SavedMail>> save(Order order);

    /**
     * Makes durable what {@link #save} did, for all mails of the batch.
     *
     * @return the problem, or null
     */
    @Nullable
    Problem force();

    /**
     * The receipts of the batch are durable.
     *
     * @param saved the mails that were saved
     */
    void clear(List<Order> saved);

    /**
     * After the last batch: makes durable that nothing is left behind.
     *
     * @return the problem, or null
     */
    @Nullable
    Problem end();
}
