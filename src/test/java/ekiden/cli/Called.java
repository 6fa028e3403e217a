package ekiden.cli;

import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.base.SystemClock;
import ekiden.http.ApiWorld;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.mime.Opening;
import ekiden.mail.proof.MailTrust;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A call of the command line, and what came of it. */
record Called(ExitCode exit, String out, String err) {
    /** What a stand-alone command was asked for. */
    static final List<Object> REQUESTS = new ArrayList<>();

    static Called of(Path home, String... args) {
        return of(home, Map.of("EKIDEN_HOME", home.toString(), "LANG", "C"), args);
    }

    static Called of(Path folder, Map<String, String> environment, String... args) {
        return of(folder, environment, 0, args);
    }

    /** On a terminal of so many columns; 0 for none. */
    static Called of(Path folder, Map<String, String> environment, int columns, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                folder,
                folder,
                () -> ZoneId.of("Asia/Tokyo"),
                new SystemClock(),
                time -> false,
                () -> columns,
                () -> columns);
        ExitCode exit = Cli.run(List.of(args), commands(), terminal);
        return new Called(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static CommandSet commands() {
        return new CommandSet(
                ApiWorld::messages,
                (request, terminal) -> note(request),
                (request, terminal) -> note(request),
                (file, shown, options, out) -> {
                    out.println("{\"file\":\"" + shown + "\"}");
                    return null;
                },
                (request, terminal) -> note(request),
                (request, terminal) -> note(request),
                new Addresses(),
                (home, profiles) -> MailTrust.only(Opening.USUAL));
    }

    /** Knows nobody. */
    private static final class Addresses implements CommandSet.Addresses {
        @Override
        public ExitCode run(AddressRequest request, Terminal terminal) {
            return note(request);
        }

        @Override
        public Map<String, Problem> doubts(Path home, List<String> names, Terminal terminal) {
            Map<String, Problem> doubts = new LinkedHashMap<>();
            names.forEach(name -> doubts.put(name, Problem.of(AddressMessage.NO_BOOKS, "name", name)));
            return doubts;
        }
    }

    private static ExitCode note(Object request) {
        REQUESTS.add(request);
        return ExitCode.DONE;
    }

    /** The lines of the output. */
    List<String> lines() {
        return out.lines().toList();
    }
}
