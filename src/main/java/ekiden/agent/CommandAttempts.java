package ekiden.agent;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Executes commands, each attempt once. The folder of an attempt tells after any crash what is sure:
 *
 * <ul>
 *   <li>no {@code started}: nothing was begun; it is begun now, unless {@code kill} says otherwise;
 *   <li>{@code exit}: it ended, with this code;
 *   <li>{@code pid} of a living wrapper: it runs, and is waited for;
 *   <li>{@code pid} of a wrapper that is gone, no {@code exit}: unknown;
 *   <li>no {@code pid}, same boot: whoever makes that file first decides. The agent making it proves that the program
 *       never ran and never will;
 *   <li>no {@code pid}, another boot: unknown.
 * </ul>
 */
final class CommandAttempts {
    private static final Logger LOG = LazyLogger.of(CommandAttempts.class);
    private static final String VOID = "void";
    /** What the wrapper notes instead of an exit code where there is no such program. */
    private static final String CANNOT_START = "cannot-start";

    private static final int LARGEST_CODE = 255;

    private final AgentPorts ports;
    private final Facts facts;
    private final ReportQueue reports;
    private final DiskAlarms alarms;
    private final Slots slots;

    CommandAttempts(AgentPorts ports, ReportQueue reports, DiskAlarms alarms) {
        this.ports = ports;
        this.facts = new Facts(ports.disk());
        this.reports = reports;
        this.alarms = alarms;
        this.slots = new Slots(ports.settings().commands(), ports.tasks());
    }

    /** Begins an attempt, or finds out what became of it. */
    void execute(Assignment.ExecuteCommand command, Runnable done) {
        AtomicBoolean ended = new AtomicBoolean();
        Runnable end = () -> {
            if (ended.compareAndSet(false, true)) {
                slots.give();
                done.run();
            }
        };
        if (facts.has(folder(command.attempt()).resolve("started"))) {
            slots.takeAnyway();
            guarded(command, end);
        } else {
            AttemptId attempt = command.attempt();
            Runnable begin = () -> guarded(command, end);
            slots.take(attempt, begin, () -> end(attempt, new AttemptOutcome.Killed(), done));
            if (facts.has(folder(attempt).resolve("kill"))) {
                // noted before it came to wait here
                slots.callOff(attempt);
            }
        }
    }

    /** What a bug ended takes no room any more and is not in hand, so that the next sweep may bring it again. */
    private void guarded(Assignment.ExecuteCommand command, Runnable end) {
        try {
            carryOut(command, end);
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "attempt " + command.attempt() + " ended by a bug", bug);
            end.run();
        }
    }

    private void carryOut(Assignment.ExecuteCommand command, Runnable done) {
        Path folder = folder(command.attempt());
        try {
            if (facts.has(folder.resolve("started"))) {
                recover(command, folder, done);
            } else if (facts.has(folder.resolve("kill"))) {
                end(command.attempt(), new AttemptOutcome.Killed(), done);
            } else {
                begin(command, folder, done);
            }
            alarms.over(command.attempt().toString());
        } catch (IOException wrong) {
            alarms.attempts(
                    command.attempt().toString(), Problem.of(AgentMessage.FOLDER, "attempt", command.attempt()));
            ports.tasks().after(ports.settings().retry(), "attempt again", () -> carryOut(command, done));
        }
    }

    private void begin(Assignment.ExecuteCommand command, Path folder, Runnable done) throws IOException {
        Path attempts = Objects.requireNonNull(folder.getParent());
        ports.disk().makeFolders(attempts);
        CommandRunner.Note started = () -> {
            facts.write(folder.resolve("started"), ports.commands().bootId());
            ports.disk().forceFolder(attempts);
        };
        if (!workFolder(command)) {
            ports.disk().makeFolders(folder);
            started.write();
            end(command.attempt(), cannotStart(command), done);
            return;
        }
        Optional<Problem> failure =
                ports.commands().start(folder, command, started, () -> ended(command, folder, done));
        if (failure.isPresent()) {
            end(command.attempt(), new AttemptOutcome.NotStarted(failure.get(), false), done);
            return;
        }
        reports.put(new Report.AttemptStarted(
                ports.ids().next(), command.attempt(), ports.clock().now()));
    }

    /** {@return whether the command has its folder; false where it never will: a name too long, a file in its place, no right} */
    private boolean workFolder(Assignment.ExecuteCommand command) throws IOException {
        try {
            ports.disk().makeFolders(Path.of(command.folder()));
            return true;
        } catch (FileSystemException | InvalidPathException refused) {
            LOG.log(Level.DEBUG, "no folder of work for {0}", command.attempt());
            return false;
        }
    }

    private void recover(Assignment.ExecuteCommand command, Path folder, Runnable done) throws IOException {
        if (facts.has(folder.resolve("exit"))) {
            ended(command, folder, done);
            return;
        }
        if (facts.has(folder.resolve("pid"))) {
            findAgain(command, folder, done);
            return;
        }
        if (!sameBoot(folder)) {
            unknown(command.attempt(), AgentMessage.START_NOT_PROVED, done);
        } else if (makeVoid(folder)) {
            notBegun(command.attempt(), done);
        } else {
            findAgain(command, folder, done);
        }
    }

    /** After a boot another process may have the number, and even the start time, of one that was noted before. */
    private boolean sameBoot(Path folder) throws IOException {
        return facts.read(folder.resolve("started")).equals(ports.commands().bootId());
    }

    /** Makes the file that a wrapper would make: from now on no wrapper begins the program. */
    private boolean makeVoid(Path folder) throws IOException {
        Path ours = folder.resolve("void.part");
        facts.write(ours, VOID);
        try {
            ports.disk().link(ours, folder.resolve("pid"));
            ports.disk().forceFolder(folder);
            return true;
        } catch (FileAlreadyExistsException theirs) {
            return false;
        }
    }

    private void findAgain(Assignment.ExecuteCommand command, Path folder, Runnable done) throws IOException {
        String note = facts.read(folder.resolve("pid")).strip();
        if (note.equals(VOID)) {
            notBegun(command.attempt(), done);
        } else if (note.isEmpty()) {
            waitForNote(command, folder, done);
        } else if (sameBoot(folder) && ports.commands().find(note, () -> ended(command, folder, done))) {
            reports.put(new Report.AttemptStarted(
                    ports.ids().next(), command.attempt(), ports.clock().now()));
        } else {
            ended(command, folder, done);
        }
    }

    /** The wrapper was met between making and filling its note; it has a little time for that. */
    private void waitForNote(Assignment.ExecuteCommand command, Path folder, Runnable done) {
        ports.tasks().after(ports.settings().startGrace(), "look for a start", () -> {
            try {
                if (facts.read(folder.resolve("pid")).isBlank()) {
                    unknown(command.attempt(), AgentMessage.START_NOT_PROVED, done);
                } else {
                    findAgain(command, folder, done);
                }
            } catch (IOException wrong) {
                waitForNote(command, folder, done);
            }
        });
    }

    /** The wrapper is gone: its last word is the file {@code exit}. */
    private void ended(Assignment.ExecuteCommand command, Path folder, Runnable done) {
        try {
            if (!facts.has(folder.resolve("exit"))) {
                endedWithoutWord(command, folder, done);
                return;
            }
            String word = facts.read(folder.resolve("exit")).strip();
            end(command.attempt(), outcome(command, folder, word), done);
        } catch (IOException | NumberFormatException wrong) {
            unknown(command.attempt(), AgentMessage.WRAPPER_GONE, done);
        }
    }

    /** A wrapper that ended before it made its note has begun nothing, and after ours none can. */
    private void endedWithoutWord(Assignment.ExecuteCommand command, Path folder, Runnable done) throws IOException {
        if (!facts.has(folder.resolve("pid")) && sameBoot(folder) && makeVoid(folder)) {
            notBegun(command.attempt(), done);
        } else {
            unknown(command.attempt(), AgentMessage.WRAPPER_GONE, done);
        }
    }

    private static AttemptOutcome cannotStart(Assignment.ExecuteCommand command) {
        Problem problem = Problem.of(
                AgentMessage.CANNOT_START, "program", command.command().getFirst());
        return new AttemptOutcome.NotStarted(problem, false);
    }

    private void notBegun(AttemptId attempt, Runnable done) {
        Problem problem = Problem.of(AgentMessage.NOT_BEGUN, "attempt", attempt);
        end(attempt, new AttemptOutcome.NotStarted(problem, true), done);
    }

    private AttemptOutcome outcome(Assignment.ExecuteCommand command, Path folder, String word) {
        if (word.equals(CANNOT_START)) {
            return cannotStart(command);
        }
        int code = Integer.parseInt(word);
        if (code < 0 || code > LARGEST_CODE) {
            throw new NumberFormatException(word);
        }
        Optional<Problem> notStarted = ports.commands().notStarted(folder, command, code);
        if (notStarted.isPresent()) {
            return new AttemptOutcome.NotStarted(notStarted.get(), false);
        }
        // a program may end with any code when it is asked to; a kill behind its end is not noted
        return facts.has(folder.resolve("kill")) ? new AttemptOutcome.Killed() : new AttemptOutcome.Exited(code);
    }

    private void unknown(AttemptId attempt, AgentMessage message, Runnable done) {
        end(attempt, new AttemptOutcome.Unknown(Problem.of(message, "attempt", attempt)), done);
    }

    private void end(AttemptId attempt, AttemptOutcome outcome, Runnable done) {
        reports.put(new Report.AttemptEnded(ports.ids().next(), attempt, outcome), done);
        alarms.over(attempt.toString());
    }

    /** Ends the command of an attempt, or sees to it that it never begins. */
    void kill(AttemptId attempt) throws IOException {
        Path folder = folder(attempt);
        if (facts.has(folder.resolve("exit"))) {
            return;
        }
        ports.disk().makeFolders(folder);
        if (!facts.has(folder.resolve("kill"))) {
            facts.write(folder.resolve("kill"), "");
        }
        slots.callOff(attempt);
        if (!killed(folder)) {
            ports.tasks().after(ports.settings().startGrace(), "kill again", () -> killAgain(attempt));
        }
    }

    private void killAgain(AttemptId attempt) {
        try {
            killed(folder(attempt));
        } catch (IOException wrong) {
            // the manager asks for it until the attempt has ended
            LOG.log(Level.DEBUG, "the kill of {0} waits: {1}", attempt, wrong.getMessage());
        }
    }

    /** Ends what the note names; false while there is no note, because nothing was begun or its wrapper is slow. */
    private boolean killed(Path folder) throws IOException {
        if (!facts.has(folder.resolve("pid")) || !facts.has(folder.resolve("started"))) {
            return false;
        }
        String note = facts.read(folder.resolve("pid")).strip();
        if (!note.isEmpty() && !note.equals(VOID) && sameBoot(folder)) {
            ports.commands().kill(note);
        }
        return !note.isEmpty();
    }

    private Path folder(AttemptId attempt) {
        return ports.settings().attempts().resolve(attempt.toString());
    }
}
