package ekiden.manager;

import ekiden.base.Problem;
import ekiden.link.Verdict;
import ekiden.model.run.Run;
import ekiden.store.Definitions.Definition;

/** What became of a command, after the commit. */
public sealed interface Reply {
    /** It is done. */
    record Done() implements Reply {}

    /**
     * A run was started.
     *
     * @param run the run
     */
    record Started(Run run) implements Reply {}

    /**
     * A unit was defined.
     *
     * @param definition the present version
     * @param changed whether it differs from the one before
     */
    record Defined(Definition definition, boolean changed) implements Reply {}

    /**
     * The verdict on mails.
     *
     * @param verdict the verdict
     */
    record Judged(Verdict verdict) implements Reply {}

    /**
     * Saved files that may go, or that were told to.
     *
     * @param page some of them, and where the search goes on
     */
    record Pruned(FilePruning.Page page) implements Reply {}

    /**
     * Nothing was done, or it cannot be known (see the problem's kind).
     *
     * @param problem why
     */
    record Refused(Problem problem) implements Reply {}
}
