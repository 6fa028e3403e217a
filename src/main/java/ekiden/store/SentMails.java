package ekiden.store;

import ekiden.model.mail.Returned;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which job sent which mail, and what came back of it. Goes with the run. */
public interface SentMails {
    /**
     * A job that sent a mail.
     *
     * @param run its run
     * @param job its name
     */
    record Sender(UUID run, String job) {}

    /**
     * Notes a mail that a job is about to send; noted before, it stays as it is.
     *
     * @param messageId with angle brackets
     * @param sender the job
     */
    void note(String messageId, Sender sender);

    /**
     * @param messageId with angle brackets
     * @return the job that sent it
     */
    Optional<Sender> find(String messageId);

    /**
     * Notes what became of a mail; the same of the same recipient again changes nothing.
     *
     * @param messageId of a mail that was noted
     * @param returned what became of it
     * @return whether it is new
     */
    boolean returned(String messageId, Returned returned);

    /**
     * @param messageId with angle brackets
     * @return how many notes there are of what became of it
     */
    int count(String messageId);

    /**
     * @param messageId with angle brackets
     * @return what became of that mail, oldest first
     */
    List<Returned> about(String messageId);

    /**
     * @param run a run
     * @return what came back of the mails of its jobs, oldest first
     */
    List<Returned> of(UUID run);

    /**
     * Forgets the mails of a run, and what came back of them.
     *
     * @param run the run
     */
    void forget(UUID run);
}
