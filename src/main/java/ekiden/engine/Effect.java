package ekiden.engine;

import ekiden.base.Problem;
import ekiden.model.run.AttemptId;
import java.time.Duration;

/** What is to be done because of a decision, in the same transaction. */
public sealed interface Effect {
    /**
     * Give an attempt to an agent.
     *
     * @param attempt the attempt
     */
    record Assign(AttemptId attempt) implements Effect {}

    /**
     * Ask the agent to end an attempt.
     *
     * @param attempt the attempt
     */
    record Kill(AttemptId attempt) implements Effect {}

    /**
     * The agent need do nothing more about an attempt.
     *
     * @param attempt the attempt
     */
    record Forget(AttemptId attempt) implements Effect {}

    /**
     * Begin to wait for mail.
     *
     * @param attempt the attempt that waits
     */
    record OpenWatch(AttemptId attempt) implements Effect {}

    /**
     * Do not wait until a mail can be saved. What can be saved now is; the answer is {@link RunInput.MailSaved}, or what begins the run.
     *
     * @param claim the claim whose files are being saved
     */
    record CallOffSave(String claim) implements Effect {}

    /**
     * Wait for mail no longer.
     *
     * @param attempt the attempt that waited
     */
    record CloseWatch(AttemptId attempt) implements Effect {}

    /**
     * Wake the attempt when its time is over.
     *
     * @param attempt the attempt
     * @param after from now
     */
    record SetTimeout(AttemptId attempt, Duration after) implements Effect {}

    /**
     * Its time no longer matters.
     *
     * @param attempt the attempt
     */
    record CancelTimeout(AttemptId attempt) implements Effect {}

    /**
     * A person must look at it.
     *
     * @param key what it is about
     * @param problem what is wrong
     */
    record RaiseAlarm(String key, Problem problem) implements Effect {}

    /**
     * A person need no longer look at it.
     *
     * @param key what it was about
     */
    record ClearAlarm(String key) implements Effect {}

    /** The run waits for its turn again. */
    record AskForTurn() implements Effect {}

    /** The next run of this unit may begin. */
    record LetNextBegin() implements Effect {}
}
