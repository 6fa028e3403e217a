package ekiden.cli;

import ekiden.yaml.Quantities;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words a command was called with. */
final class Arguments {
    private final Parsed parsed;
    private final Path folder;

    Arguments(Parsed parsed, Path folder) {
        this.parsed = parsed;
        this.folder = folder;
    }

    boolean flag(String option) {
        return parsed.options().containsKey(option);
    }

    @Nullable
    String text(String option) {
        List<String> values = all(option);
        return values.isEmpty() ? null : values.getFirst();
    }

    List<String> all(String option) {
        return parsed.options().getOrDefault(option, List.of());
    }

    /** The n-th word that is no option. */
    @Nullable
    String word(int index) {
        return index < parsed.words().size() ? parsed.words().get(index) : null;
    }

    String wanted(int index, String label) {
        String word = word(index);
        if (word == null) {
            throw Failure.of(CliMessage.MISSING, "command", "ekiden " + parsed.command(), "missing", label);
        }
        return word;
    }

    /** All words of a parameter that takes several. */
    List<String> words() {
        return parsed.words();
    }

    long number(String option, long absent, long least, long most) {
        String value = text(option);
        return value == null ? absent : number(option, value, least, most);
    }

    static long number(String option, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            throw bad(option, value, range(least, most));
        }
        throw bad(option, value, range(least, most));
    }

    private static String range(long least, long most) {
        return most == Long.MAX_VALUE ? least + "…" : least + "…" + most;
    }

    static Failure bad(String option, String value, String expected) {
        return Failure.of(CliMessage.BAD_VALUE, "option", option, "value", value, "expected", expected);
    }

    @Nullable
    Duration duration(String option) {
        String value = text(option);
        if (value == null) {
            return null;
        }
        return Quantities.duration(value)
                .filter(duration -> !duration.isZero())
                .orElseThrow(() -> bad(option, value, Quantities.DURATION_FORM));
    }

    @Nullable
    Path path(String option) {
        String value = text(option);
        return value == null ? null : path(option, value);
    }

    /** An absolute path. */
    Path path(String option, String value) {
        try {
            return folder.resolve(value).normalize();
        } catch (InvalidPathException wrong) {
            throw bad(option, value, String.valueOf(wrong.getReason()).toLowerCase(Locale.ROOT));
        }
    }

    void notBoth(String one, String other) {
        if (flag(one) && flag(other)) {
            throw Failure.of(CliMessage.EXCLUSIVE, "one", one, "other", other);
        }
    }

    /** One of several options has to be there. */
    void needs(String... options) {
        for (String option : options) {
            if (parsed.options().containsKey(option)) {
                return;
            }
        }
        throw Failure.of(
                CliMessage.MISSING, "command", "ekiden " + parsed.command(), "missing", String.join(" | ", options));
    }
}
