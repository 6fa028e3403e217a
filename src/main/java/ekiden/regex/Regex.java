package ekiden.regex;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/** A compiled regular expression in the syntax of RE2. Immutable; safe from any thread. */
public final class Regex {
    private final Pattern pattern;
    private final Optional<String> needed;

    private final int states;
    private final int repeated;

    private Regex(Pattern pattern, RegexShape shape) {
        this.pattern = pattern;
        this.needed = shape.needed();
        this.states = (int) shape.states();
        this.repeated = (int) shape.added();
    }

    /** What compiling came to. */
    public sealed interface Compiling {
        /**
         * It compiles.
         *
         * @param regex compiled
         */
        record Good(Regex regex) implements Compiling {}

        /**
         * It does not.
         *
         * @param reason what is wrong, in English and the notation of expressions, one line
         */
        record Wrong(String reason) implements Compiling {}
    }

    /**
     * @param expression in the syntax of RE2
     * @param anyCase whether upper and lower case are the same
     * @param limits bounds
     * @return the compiled expression, or what is wrong with it
     */
    public static Compiling compile(String expression, boolean anyCase, RegexLimits limits) {
        Optional<String> refused = refused(expression, anyCase, limits);
        if (refused.isPresent()) {
            return new Compiling.Wrong(refused.get());
        }
        try {
            Pattern compiled = Pattern.compile(expression, anyCase ? Pattern.CASE_INSENSITIVE : 0);
            return new Compiling.Good(new Regex(compiled, RegexShape.of(expression)));
        } catch (PatternSyntaxException wrong) {
            String where = wrong.getPattern();
            String reason = wrong.getDescription() + (where == null || where.isEmpty() ? "" : ": " + where);
            return new Compiling.Wrong(reason.replaceAll("\\p{Cntrl}", " "));
        }
    }

    /**
     * What can be refused without compiling.
     *
     * @param expression any text
     * @param anyCase whether upper and lower case are the same
     * @param limits bounds
     * @return what is too large of it, or what the library would compile for ever; empty where it may be compiled
     */
    public static Optional<String> refused(String expression, boolean anyCase, RegexLimits limits) {
        if (expression.length() > limits.characters()) {
            return Optional.of("more than " + limits.characters() + " characters");
        }
        RegexShape shape = RegexShape.of(expression);
        if (shape.nesting() > limits.nesting()) {
            return Optional.of("groups nested deeper than " + limits.nesting());
        }
        if (shape.added() > limits.states()) {
            return Optional.of("its repetitions add more than " + limits.states() + " states to it");
        }
        return (anyCase || EndlessFold.asked(expression)) && EndlessFold.in(expression)
                ? Optional.of("no \\x{1C80} to \\x{1C88} and no range across them where case is ignored")
                : Optional.empty();
    }

    /**
     * @param expression one that compiles
     * @return what {@link #needed()} of it would be
     */
    public static Optional<String> needed(String expression) {
        return RegexShape.of(expression).needed();
    }

    /**
     * @param text any
     * @return whether it is met anywhere in the text
     */
    public boolean in(String text) {
        return pattern.matcher(text).find();
    }

    /** {@return how many of its states are there because something is repeated so many times: a text can keep all of them busy} */
    public int repeated() {
        return repeated;
    }

    /** {@return how many states it was made of: it takes memory in proportion} */
    public int states() {
        return states;
    }

    /**
     * Characters that must stand in a text, one after the other, for the expression to be met (but for their case, where that does not
     * matter): whoever looks for them first is spared most texts.
     *
     * @return the longest that could be found, or empty
     */
    public Optional<String> needed() {
        return needed;
    }
}
