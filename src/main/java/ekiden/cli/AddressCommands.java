package ekiden.cli;

import ekiden.base.ExitCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ekiden address …}: they work without a running process. */
final class AddressCommands {
    private static final int MOST = 200_000;
    private static final int USUAL = 1_000;

    private AddressCommands() {}

    static Leaf resolve() {
        return new Leaf(
                "address resolve",
                List.of(Param.some("NAME")),
                List.of(Opt.JSON, Opt.HOME),
                (arguments, session) -> run(session, arguments.words(), null, USUAL));
    }

    static Leaf list() {
        return new Leaf(
                "address list",
                List.of(),
                List.of(Opt.of("--book", "NAME"), Opt.LIMIT, Opt.JSON, Opt.HOME),
                (arguments, session) ->
                        run(session, List.of(), arguments.text("--book"), arguments.number("--limit", USUAL, 1, MOST)));
    }

    private static ExitCode run(Session session, List<String> names, @Nullable String book, long limit) {
        AddressRequest request = new AddressRequest(
                session.home().folder(), names, book, Math.toIntExact(limit), session.json(), session.language());
        return session.commands().addresses().run(request, session.terminal());
    }
}
