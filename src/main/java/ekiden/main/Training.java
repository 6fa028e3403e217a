package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.cli.Cli;
import ekiden.cli.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a command for the launcher, which records what it needs: the commands that work without a home, in a folder of their own. */
final class Training {
    private Training() {}

    /**
     * @param system where it prints
     * @param environment what the command sees
     * @param folder where it works
     * @param call the command with its arguments
     */
    static ExitCode run(Terminal system, Map<String, String> environment, Path folder, List<String> call) {
        Terminal terminal = new Terminal(
                system.out(),
                system.err(),
                environment,
                folder,
                folder,
                system.zone(),
                system.clock(),
                system.pause(),
                () -> 0,
                () -> 0);
        ExitCode code = Cli.run(call, Main.commands(), terminal);
        terminal.out().flush();
        return code;
    }
}
