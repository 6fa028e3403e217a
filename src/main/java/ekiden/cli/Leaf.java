package ekiden.cli;

import ekiden.base.ExitCode;
import java.util.ArrayList;
import java.util.List;

/**
 * A command.
 *
 * @param path its words behind {@code ekiden}, for example {@code run start}
 * @param params its words that are no options
 * @param options its options besides {@code --lang} and {@code --help}, which all have
 * @param action what it does
 */
record Leaf(String path, List<Param> params, List<Opt> options, Action action) {
    /** What a command does. */
    @FunctionalInterface
    interface Action {
        ExitCode run(Arguments arguments, Session session);
    }

    /** All options, in the order of the help. */
    List<Opt> allOptions() {
        List<Opt> all = new ArrayList<>(options);
        all.add(Opt.LANG);
        return all;
    }

    boolean has(String option) {
        return allOptions().stream().anyMatch(opt -> opt.name().equals(option));
    }
}
