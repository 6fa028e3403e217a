package ekiden.cli;

import java.util.List;

/** The commands that are processes of their own. */
final class ProcessCommands {
    private ProcessCommands() {}

    static Leaf up() {
        return new Leaf("up", List.of(), List.of(Opt.HOME, Opt.of("--config", "FILE")), (arguments, session) -> {
            CommandSet.UpRequest request = new CommandSet.UpRequest(
                    session.home().folder(),
                    arguments.path("--config"),
                    arguments.text("--lang") == null ? null : session.language());
            return session.commands().up().run(request, session.terminal());
        });
    }

    static Leaf quickstart() {
        return new Leaf("quickstart", List.of(), List.of(Opt.flag("--exit")), (arguments, session) -> {
            CommandSet.QuickstartRequest request =
                    new CommandSet.QuickstartRequest(arguments.flag("--exit"), session.language());
            return session.commands().quickstart().run(request, session.terminal());
        });
    }
}
