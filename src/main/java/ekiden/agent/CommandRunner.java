package ekiden.agent;

import ekiden.base.Problem;
import ekiden.link.Assignment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Port: programs as processes of their own, which outlive the agent. A small wrapper stands between: it makes the file
 * {@code pid} in the attempt's folder (only where none is there, in one step) before it begins the program, and {@code exit} with the
 * exit code after it. Safe from any thread.
 */
public interface CommandRunner {
    /** {@return what names this boot of the machine; with another one, a missing file proves nothing} */
    String bootId();

    /**
     * Makes the attempt's folder, lets the start be noted in it, and starts the wrapper, in this order.
     *
     * @param folder the attempt's folder, whose parent is there; {@code stdout} and {@code stderr} are written in it
     * @param command what to execute
     * @param note makes the start durable; called once, before anything can begin and before any answer: an
     *     attempt that was told to have failed must not be begun anew by a later life
     * @param gone called once, when the wrapper has ended
     * @return why it cannot be started (then nothing runs), or empty
     * @throws IOException when the folder or the note cannot be written; then nothing runs
     */
    Optional<Problem> start(Path folder, Assignment.ExecuteCommand command, Note note, Runnable gone)
            throws IOException;

    /** What must be durable before a program can begin. */
    interface Note {
        /** @throws IOException when it cannot be written */
        void write() throws IOException;
    }

    /**
     * Looks at what ended with a code with which shells tell that a program could not be started, too. Says so only where it is sure.
     *
     * @param folder the attempt's folder
     * @param command what was to be executed
     * @param code the exit code
     * @return why it was not started, or empty where it may have been
     */
    default Optional<Problem> notStarted(Path folder, Assignment.ExecuteCommand command, int code) {
        return Optional.empty();
    }

    /**
     * Looks for a wrapper that an earlier process started.
     *
     * @param note the text of the file {@code pid}
     * @param gone called once, when it has ended; not called where it is not there
     * @return whether it is there
     */
    boolean find(String note, Runnable gone);

    /**
     * Ends the program and all it started: politely first, and after the grace period finally. The wrapper itself ends by
     * noting the exit code.
     *
     * @param note the text of the file {@code pid}
     */
    void kill(String note);
}
