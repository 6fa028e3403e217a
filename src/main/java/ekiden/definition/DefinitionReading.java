package ekiden.definition;

import ekiden.base.Problem;
import ekiden.model.definition.Jobnet;
import java.util.List;

/** What came of reading a definition. */
public sealed interface DefinitionReading {
    /**
     * It is right.
     *
     * @param jobnet what it describes
     */
    record Read(Jobnet jobnet) implements DefinitionReading {}

    /**
     * It is wrong.
     *
     * @param problems all of them, in the order of the file, at least one; each with {@code file}, {@code line}, {@code column}
     */
    record Wrong(List<Problem> problems) implements DefinitionReading {
        /** Copies the list. */
        public Wrong {
            problems = List.copyOf(problems);
        }
    }
}
