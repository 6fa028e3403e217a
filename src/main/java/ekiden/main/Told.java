package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.cli.Terminal;
import ekiden.message.Messages;
import java.util.List;
import java.util.Locale;

/** Tells the caller of a stand-alone command what went wrong, in words. Safe from any thread. */
final class Told {
    private final Terminal terminal;
    private final Locale language;
    private final Messages messages = Catalogue.messages();

    Told(Terminal terminal, Locale language) {
        this.terminal = terminal;
        this.language = language;
    }

    /** Message, cause and what to do next, on standard error. */
    void tell(Problem problem) {
        messages.lines(problem, language)
                .forEach(line -> terminal.tell(line, problem.values().values()));
    }

    void tell(List<Problem> problems) {
        problems.forEach(this::tell);
    }

    /** Tells it and gives what the command ends with. */
    ExitCode fail(Problem problem) {
        tell(problem);
        return exit(problem);
    }

    /** One line: id and text. */
    String line(Problem problem) {
        return messages.render(problem, language);
    }

    ExitCode exit(Problem problem) {
        return messages.exit(problem.id()).orElse(ExitCode.INTERNAL);
    }
}
