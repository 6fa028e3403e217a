package ekiden.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words of a call taken apart by the options and words that its command has: {@code --name value}, {@code --name=value},
 * flags, {@code --} before words that begin with a hyphen; options and words in any order. Pure.
 *
 * @param command the words behind {@code ekiden}
 * @param options the values of each option that was given; none for a flag
 * @param words the words that are no options
 * @param help whether help is asked for
 */
record Parsed(String command, Map<String, List<String>> options, List<String> words, boolean help) {

    static Parsed of(Leaf leaf, List<String> args) {
        Map<String, List<String>> options = new HashMap<>();
        List<String> words = new ArrayList<>();
        boolean open = true;
        int i = 0;
        while (i < args.size()) {
            String arg = args.get(i++);
            if (!open || !arg.startsWith("-") || arg.equals("-")) {
                words.add(arg);
            } else if (arg.equals("--")) {
                open = false;
            } else if (arg.equals("--help") || arg.equals("-h")) {
                return new Parsed(leaf.path(), Map.of(), List.of(), true);
            } else {
                i = option(leaf, args, i, options);
            }
        }
        Parsed parsed = new Parsed(leaf.path(), options, words, false);
        parsed.count(leaf);
        return parsed;
    }

    /** Takes the option in front of {@code next}, and its value; returns where the next word stands. */
    private static int option(Leaf leaf, List<String> args, int next, Map<String, List<String>> options) {
        String arg = args.get(next - 1);
        int equals = arg.indexOf('=');
        String name = equals < 0 ? arg : arg.substring(0, equals);
        Opt option = leaf.find(name);
        if (option == null || (equals >= 0 && option.label() == null)) {
            throw Failure.of(CliMessage.UNKNOWN_WORD, "command", full(leaf), "word", arg);
        }
        boolean twice = options.containsKey(name) && !option.many();
        if (twice) {
            throw Failure.of(CliMessage.TWICE, "command", full(leaf), "option", name);
        }
        List<String> values = options.computeIfAbsent(name, n -> new ArrayList<>());
        if (option.label() == null) {
            return next;
        }
        if (equals >= 0) {
            values.add(arg.substring(equals + 1));
            return next;
        }
        if (next >= args.size()) {
            throw Failure.of(CliMessage.MISSING, "command", full(leaf), "missing", name + "=" + option.label());
        }
        values.add(args.get(next));
        return next + 1;
    }

    private void count(Leaf leaf) {
        int least = 0;
        int most = 0;
        for (Param param : leaf.params()) {
            least += param.least();
            most = param.many() ? Integer.MAX_VALUE : most + 1;
        }
        if (words.size() < least) {
            Param missing = leaf.params().get(words.size());
            throw Failure.of(CliMessage.MISSING, "command", full(leaf), "missing", missing.label());
        }
        if (words.size() > most) {
            throw Failure.of(CliMessage.UNKNOWN_WORD, "command", full(leaf), "word", words.get(most));
        }
    }

    private static String full(Leaf leaf) {
        return "ekiden " + leaf.path();
    }
}
