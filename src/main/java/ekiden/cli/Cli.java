package ekiden.cli;

import ekiden.base.ExitCode;
import ekiden.yaml.Nearest;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The command line: words in, exit code out. Belongs to one thread. */
public final class Cli {
    private final CommandSet commands;
    private final Terminal terminal;

    /** Options that may stand in front of a command. */
    private static final List<String> LEADING = List.of("--lang", "--home");

    private Cli(CommandSet commands, Terminal terminal) {
        this.commands = commands;
        this.terminal = terminal;
    }

    /**
     * Carries out a call.
     *
     * @param args the words behind {@code ekiden}
     * @param commands what is not the API's client
     * @param terminal where it was called
     * @return what the process ends with
     */
    public static ExitCode run(List<String> args, CommandSet commands, Terminal terminal) {
        Cli cli = new Cli(commands, args.contains("--json") ? terminal.unwrapped() : terminal);
        Locale language = Session.language(option(args, "--lang"), terminal);
        Words words = new Words(language);
        ExitCode code = cli.call(args, words);
        terminal.out().flush();
        if (terminal.out().checkError()) {
            // A reader that went away, such as head, has what it wanted; a full disk has not.
            return code == ExitCode.DONE ? ExitCode.SETTINGS : code;
        }
        return code;
    }

    private ExitCode call(List<String> args, Words words) {
        Session bare = new Session(terminal, commands, words, null, false);
        try {
            String language = option(args, "--lang");
            if (language != null && !language.equals("en") && !language.equals("ja")) {
                throw Arguments.bad("--lang", language, "en | ja");
            }
            return walk(args, words);
        } catch (Failure failure) {
            return bare.fail(failure.problems());
        }
    }

    private ExitCode walk(List<String> args, Words words) {
        List<String> rest = new ArrayList<>(args);
        List<String> leading = leading(rest);
        Tree.Node node = Tree.root();
        while (node.leaf() == null) {
            String word = rest.isEmpty() ? "" : rest.removeFirst();
            if (word.isEmpty() || word.equals("--help") || word.equals("-h") || word.equals("help")) {
                return help(node, words, word.isEmpty());
            }
            if (word.equals("--version") && node.path().isEmpty()) {
                terminal.out().println("ekiden " + version());
                return ExitCode.DONE;
            }
            Tree.Node next = node.find(word);
            if (next == null) {
                throw unknown(node, word);
            }
            node = next;
        }
        Leaf leaf = node.command();
        for (int i = 0; i + 1 < leading.size(); i += 2) {
            if (leaf.has(leading.get(i))) {
                rest.addAll(0, leading.subList(i, i + 2));
            }
        }
        return carryOut(leaf, rest, words);
    }

    private static String version() {
        return Objects.requireNonNullElse(Cli.class.getPackage().getImplementationVersion(), "dev");
    }

    private ExitCode help(Tree.Node node, Words words, boolean asked) {
        String text = new Help(words).of(node);
        (asked ? terminal.err() : terminal.out()).print(text);
        return asked ? ExitCode.USAGE : ExitCode.DONE;
    }

    private static Failure unknown(Tree.Node node, String word) {
        String command = ("ekiden " + node.path()).strip();
        List<String> names = node.below().stream().map(Tree.Node::name).toList();
        Optional<String> near = Nearest.of(word, names);
        return near.isPresent()
                ? Failure.of(
                        CliMessage.MISSPELT_COMMAND,
                        "command",
                        command + " " + word,
                        "near",
                        command + " " + near.get())
                : Failure.of(CliMessage.NO_COMMAND, "command", command + " " + word, "names", String.join(", ", names));
    }

    /** Takes options in front of the command out of the words. */
    private static List<String> leading(List<String> rest) {
        List<String> leading = new ArrayList<>();
        while (!rest.isEmpty()) {
            String word = rest.getFirst();
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!LEADING.contains(name) || (equals < 0 && rest.size() < 2)) {
                return leading;
            }
            rest.removeFirst();
            leading.add(name);
            leading.add(equals < 0 ? rest.removeFirst() : word.substring(equals + 1));
        }
        return leading;
    }

    private ExitCode carryOut(Leaf leaf, List<String> args, Words words) {
        Parsed parsed = Parsed.of(leaf, args);
        if (parsed.help()) {
            terminal.out().print(new Help(words).of(leaf));
            return ExitCode.DONE;
        }
        Arguments arguments = new Arguments(parsed, terminal.folder());
        Path home = leaf.has("--home") ? home(arguments) : null;
        boolean json = leaf.has("--json") && arguments.flag("--json");
        Session session = new Session(terminal, commands, words, home, json);
        try {
            return leaf.action().run(arguments, session);
        } catch (UncheckedIOException | InvalidPathException wrong) {
            throw Failure.of(CliMessage.BUG, "command", leaf.path(), "reason", String.valueOf(wrong.getMessage()));
        }
    }

    private static @Nullable Path home(Arguments arguments) {
        return arguments.path("--home");
    }

    /** The value of an option, found before the words are taken apart: error messages need their language. */
    private static @Nullable String option(List<String> args, String name) {
        for (int i = 0; i < args.size() && !args.get(i).equals("--"); i++) {
            if (args.get(i).startsWith(name + "=")) {
                return args.get(i).substring(name.length() + 1);
            }
            if (args.get(i).equals(name) && i + 1 < args.size()) {
                return args.get(i + 1);
            }
        }
        return null;
    }
}
