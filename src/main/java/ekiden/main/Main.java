package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.base.SystemClock;
import ekiden.cli.Cli;
import ekiden.cli.CommandSet;
import ekiden.cli.Terminal;
import ekiden.config.HomePaths;
import java.util.List;

/** Entry point of every {@code ekiden} command. */
public final class Main {
    private Main() {}

    /**
     * @param args the command line
     */
    public static void main(String[] args) {
        Terminal terminal = Terminal.system();
        ExitCode code = Cli.run(List.of(args), commands(), terminal);
        terminal.out().flush();
        end(code);
    }

    /**
     * Ends without waiting for idle threads of clients; whatever must be closed was closed by its command. Not by way of {@code exit}: that one looks
     * first whether it is to be logged, for which the JDK opens every jar of the class path, a sixth of the time of a short command. A process that is
     * ending already, because of a signal, is left to those who end it.
     */
    private static void end(ExitCode code) {
        Runtime runtime = Runtime.getRuntime();
        try {
            runtime.removeShutdownHook(new Thread("ekiden-none"));
            runtime.halt(code.code());
        } catch (IllegalStateException ending) {
            runtime.exit(code.code());
        }
    }

    /** {@return the commands of this product, each with what it runs} */
    static CommandSet commands() {
        return new CommandSet(
                Catalogue::messages,
                Main::up,
                Main::quickstart,
                new ReadMailCommand(),
                new WaitMailCommand(),
                new SendMailCommand(),
                new AddressCommand(),
                (home, profiles) -> new ProfileTrust(() -> profiles, home, new SystemClock()));
    }

    private static ExitCode up(CommandSet.UpRequest request, Terminal terminal) {
        return new Up(new HomePaths(request.home(), request.config()), request.language(), terminal).run();
    }

    private static ExitCode quickstart(CommandSet.QuickstartRequest request, Terminal terminal) {
        return new Quickstart(terminal, request.language()).run(request.exit());
    }
}
