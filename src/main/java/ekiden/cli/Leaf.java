package ekiden.cli;

import ekiden.base.ExitCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    @Nullable
    Opt find(String name) {
        for (Opt option : allOptions()) {
            if (option.name().equals(name)) {
                return option;
            }
        }
        return null;
    }

    boolean has(String option) {
        return find(option) != null;
    }
}
