package ekiden.regex;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;

/** A compiled regular expression in the syntax of RE2. Immutable; safe from any thread. */
public final class Regex {
    private final Pattern pattern;
    private final Optional<String> needed;

    private final int states;

    private Regex(Pattern pattern, RegexShape shape) {
        this.pattern = pattern;
        this.needed = shape.needed();
        this.states = (int) shape.states();
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
        if (expression.length() > limits.characters()) {
            return new Compiling.Wrong("more than " + limits.characters() + " characters");
        }
        RegexShape shape = RegexShape.of(expression);
        if (shape.nesting() > limits.nesting()) {
            return new Compiling.Wrong("groups nested deeper than " + limits.nesting());
        }
        if (shape.states() > limits.states()) {
            return new Compiling.Wrong("its repetitions make more than " + limits.states() + " states of it");
        }
        if ((anyCase || EndlessFold.asked(expression)) && EndlessFold.in(expression)) {
            return new Compiling.Wrong("no \\x{1C80} to \\x{1C88} and no range across them where case is ignored");
        }
        try {
            Pattern compiled = Pattern.compile(expression, anyCase ? Pattern.CASE_INSENSITIVE : 0);
            return new Compiling.Good(new Regex(compiled, shape));
        } catch (PatternSyntaxException wrong) {
            String where = wrong.getPattern();
            String reason = wrong.getDescription() + (where == null || where.isEmpty() ? "" : ": " + where);
            return new Compiling.Wrong(reason.replaceAll("\\p{Cntrl}", " "));
        }
    }

    /**
     * @param text any
     * @return whether it is met anywhere in the text
     */
    public boolean in(String text) {
        return pattern.matcher(text).find();
    }

    /** {@return how many states it was made of: it takes memory, and time for each character, in proportion} */
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
