package ekiden.model.definition;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Starts a program. Values of the run stand in the arguments and environment as {@code ${name}}; a list value that is a whole
 * argument by itself becomes as many arguments. Nothing ever passes through a shell line.
 *
 * @param command program and arguments, at least the program; a relative path is taken from the folder of the definition
 * @param environment added to the agent's environment
 * @param folder working folder, or null for the run's own folder
 * @param warningAbove exit codes above this end with warning (JP1 wth)
 * @param abnormalAbove exit codes above this end abnormally (JP1 tho); at least {@code warningAbove}
 */
public record RunCommand(
        List<String> command,
        Map<String, String> environment,
        @Nullable String folder,
        int warningAbove,
        int abnormalAbove)
        implements Work {
    /** Copies lists and maps. */
    public RunCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
