package ekiden.cli;

import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.config.HomePaths;
import ekiden.http.client.Answer;
import ekiden.http.client.ApiClient;
import ekiden.http.client.ApiProblem;
import ekiden.http.client.ClientSettings;
import ekiden.message.Languages;
import ekiden.message.Messages;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call of a command: where it was called, in which language, on which home. */
final class Session {
    /** With more problems than these only their texts are shown. */
    private static final int EXPLAINED = 3;

    private final Terminal terminal;
    private final CommandSet commands;
    private final Words words;
    private final @Nullable Path home;
    private final boolean json;
    private @Nullable Messages messages;

    Session(Terminal terminal, CommandSet commands, Words words, @Nullable Path home, boolean json) {
        this.terminal = terminal;
        this.commands = commands;
        this.words = words;
        this.home = home;
        this.json = json;
    }

    Terminal terminal() {
        return terminal;
    }

    CommandSet commands() {
        return commands;
    }

    Locale language() {
        return words.language();
    }

    String word(String key) {
        return words.of(key);
    }

    /** Whether the answer is for a program. */
    boolean json() {
        return json;
    }

    HomePaths home() {
        return HomePaths.locate(home, terminal.environment(), terminal.userFolder());
    }

    ApiClient client() {
        HomePaths paths = home();
        return new ApiClient(paths.token(), paths.address(), ClientSettings.defaults(language()));
    }

    Messages messages() {
        Messages present = messages;
        if (present == null) {
            present = commands.messages().get();
            messages = present;
        }
        return present;
    }

    /** The JSON object of an answer; a bad one ends the command. */
    Data data(Answer answer) {
        return Data.parse(good(answer).body());
    }

    Answer.Good good(Answer answer) {
        return switch (answer) {
            case Answer.Good good -> good;
            case Answer.Bad(List<ApiProblem> problems) -> throw new Failure(problems);
        };
    }

    void print(String line) {
        terminal.out().println(line);
    }

    void print(Table table, String whenEmpty) {
        if (table.empty()) {
            terminal.err().println(whenEmpty);
        } else {
            terminal.out().print(table.show(terminal.outColumns().getAsInt()));
        }
    }

    /** For people: {@code name: value} lines, the names padded. */
    void field(String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            String name = Width.padded(word(key) + ":", Integer.parseInt(word("field.width"))) + " ";
            terminal.show(name, Messages.clean(value));
        }
    }

    /** A time of an answer as people here read it. */
    String time(@Nullable String instant) {
        if (instant == null || instant.isEmpty()) {
            return "";
        }
        ZoneId zone = terminal.zone().get();
        ZonedDateTime at = Instant.parse(instant).atZone(zone);
        StringBuilder out = new StringBuilder(20);
        out.append(at.getYear());
        part(out, '-', at.getMonthValue());
        part(out, '-', at.getDayOfMonth());
        part(out, ' ', at.getHour());
        part(out, ':', at.getMinute());
        part(out, ':', at.getSecond());
        return out.toString();
    }

    private static void part(StringBuilder out, char before, int number) {
        out.append(before).append(number < 10 ? "0" : "").append(number);
    }

    /** Shows what went wrong. */
    ExitCode fail(List<ApiProblem> problems) {
        for (ApiProblem problem : problems) {
            tell(problem, problems.size() <= EXPLAINED);
        }
        if (problems.size() > EXPLAINED) {
            terminal.tell("  " + word("error.explain"), List.of());
        }
        return exit(problems.getFirst());
    }

    /** Shows a problem of this process. */
    void tell(Problem problem) {
        tell(new ApiProblem(problem, null, "", "", null), true);
    }

    /** Shows a problem that an answer carries. */
    void tell(Data problem) {
        List<String> values = problem.within("values");
        terminal.tell(problem.text("id") + " " + Messages.clean(problem.text("text")), values);
        explain("error.cause", Messages.clean(problem.text("cause")), values);
        explain("error.next", Messages.clean(problem.text("next")), values);
    }

    private void tell(ApiProblem told, boolean all) {
        Problem problem = told.problem();
        String text = told.text();
        String line = text == null || text.isEmpty()
                ? messages().render(problem, language())
                : problem.id() + " " + Messages.clean(text);
        Collection<String> values = problem.values().values();
        terminal.tell(line, values);
        if (!all) {
            return;
        }
        String cause = told.cause().isEmpty() ? messages().cause(problem, language()) : told.cause();
        String next = told.next().isEmpty() ? messages().next(problem, language()) : told.next();
        explain("error.cause", cause, values);
        explain("error.next", next, values);
    }

    private void explain(String key, String text, Collection<String> values) {
        if (!text.isEmpty()) {
            terminal.tell("  " + word(key) + " " + text, values);
        }
    }

    private ExitCode exit(ApiProblem told) {
        Integer known = told.exit();
        if (known == null) {
            return messages().exit(told.problem().id()).orElse(ExitCode.INTERNAL);
        }
        for (ExitCode code : ExitCode.values()) {
            if (code.code() == known) {
                return code;
            }
        }
        return ExitCode.INTERNAL;
    }

    /** The language of a call. */
    static Locale language(@Nullable String option, Terminal terminal) {
        return Languages.choose(option, null, Objects.requireNonNull(terminal.environment()));
    }
}
