package ekiden.definition;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.definition.Values.Many;
import ekiden.definition.Values.One;
import ekiden.model.definition.NamePattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A text with holes {@code ${name}}. A doubled dollar sign before the brace stands for the two characters themselves, any other
 * dollar sign for itself. Control characters of values become blanks (JP1), so that a mail cannot bring a line of its own.
 * Values are not looked at for holes again. Pure.
 *
 * @param parts fixed texts and holes in turn
 */
public record Template(List<Part> parts) {
    /** A name is a job's name, a dot and a value's name; no longer than this. */
    private static final int MAX_NAME = 100;

    /** Copies the parts. */
    public Template {
        parts = List.copyOf(parts);
    }

    /** A piece of a template. */
    public sealed interface Part {}

    /**
     * Text that stays.
     *
     * @param text as it is
     */
    public record Fixed(String text) implements Part {}

    /**
     * A place to fill.
     *
     * @param name the full name of its value
     */
    public record Hole(String name) implements Part {}

    /** How a value is fitted in. */
    private enum Fit {
        /** Control characters become blanks. */
        TEXT,
        /** Besides, what would be markup becomes text. */
        HTML,
        /** Besides, text that is no path of ours becomes one harmless piece of a file name. */
        PATH,
        /** Besides, braces of a path of ours are doubled: what is made is a path of name patterns. */
        NAMES
    }

    /**
     * @param text what a user wrote
     * @return the template, or {@link DefinitionMessage#TEMPLATE_SYNTAX} with {@code found}
     */
    public static Result<Template> parse(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder fixed = new StringBuilder();
        int from = 0;
        while (from < text.length()) {
            int dollar = text.indexOf("${", from);
            if (dollar < 0) {
                break;
            }
            if (dollar > from && text.charAt(dollar - 1) == '$') {
                fixed.append(text, from, dollar - 1).append("${");
                from = dollar + 2;
                continue;
            }
            int close = text.indexOf('}', dollar);
            String name = close < 0 ? "" : text.substring(dollar + 2, close);
            if (!name(name)) {
                String found = text.substring(dollar, Math.min(text.length(), dollar + 40));
                return Result.failed(DefinitionMessage.TEMPLATE_SYNTAX, "found", found);
            }
            fixed.append(text, from, dollar);
            flush(fixed, parts);
            parts.add(new Hole(name));
            from = close + 1;
        }
        fixed.append(text, from, text.length());
        flush(fixed, parts);
        return Result.ok(new Template(parts));
    }

    private static void flush(StringBuilder fixed, List<Part> parts) {
        if (!fixed.isEmpty()) {
            parts.add(new Fixed(fixed.toString()));
            fixed.setLength(0);
        }
    }

    private static boolean name(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME
                && name.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_');
    }

    /** {@return the names of all holes, in order} */
    public List<String> names() {
        return parts.stream()
                .flatMap(p -> p instanceof Hole hole ? Stream.of(hole.name()) : null)
                .toList();
    }

    /** {@return the name of the hole that is the whole template, or empty} */
    public Optional<String> whole() {
        return parts.size() == 1 && parts.getFirst() instanceof Hole hole ? Optional.of(hole.name()) : Optional.empty();
    }

    /**
     * Fills a text, for example a subject; a list value is joined by {@code ", "}.
     *
     * @param text with holes
     * @param values of the run
     * @param limits bounds
     * @return the filled text, or what is missing or too long
     */
    public static Result<String> expand(String text, Values values, TemplateLimits limits) {
        return parse(text).then(template -> template.fill(values, limits, Fit.TEXT));
    }

    /**
     * Fills HTML: what is markup in a value is shown as it is, so that a mail cannot bring elements of its own.
     *
     * @param text with holes
     * @param values of the run
     * @param limits bounds
     * @return the filled HTML, or what is missing or too long
     */
    public static Result<String> expandHtml(String text, Values values, TemplateLimits limits) {
        return parse(text).then(template -> template.fill(values, limits, Fit.HTML));
    }

    /**
     * Fills a path or a glob. A value that is text (a subject, an address) becomes one piece of a name: separators, glob marks
     * and reserved characters turn into {@code _}, so it cannot lead out of its folder, and no name that it makes is one of
     * {@linkplain NamePattern#own our own}. Paths that Ekiden made stay.
     *
     * @param text with holes
     * @param values of the run
     * @param limits bounds
     * @return the filled path, or what is missing or too long
     */
    public static Result<String> expandPath(String text, Values values, TemplateLimits limits) {
        return parse(text).then(template -> template.fill(values, limits, Fit.PATH));
    }

    /**
     * Fills a path whose names are {@linkplain NamePattern patterns}, as {@link #expandPath} does; no value becomes a part of a pattern.
     *
     * @param text with holes
     * @param values of the run
     * @param limits bounds
     * @return the filled path, or what is missing or too long
     */
    public static Result<String> expandNames(String text, Values values, TemplateLimits limits) {
        return parse(text).then(template -> template.fill(values, limits, Fit.NAMES));
    }

    /**
     * Fills a list. A list value that is a whole item becomes as many items, none where it is empty.
     *
     * @param texts with holes
     * @param values of the run
     * @param limits bounds
     * @return the filled items, or what is missing or too long
     */
    public static Result<List<String>> expandArguments(List<String> texts, Values values, TemplateLimits limits) {
        return expandAll(texts, values, limits, Fit.TEXT);
    }

    /**
     * Fills a list of paths or globs, each as {@link #expandPath} does.
     *
     * @param texts with holes
     * @param values of the run
     * @param limits bounds
     * @return the filled paths, or what is missing or too long
     */
    public static Result<List<String>> expandPaths(List<String> texts, Values values, TemplateLimits limits) {
        return expandAll(texts, values, limits, Fit.PATH);
    }

    private static Result<List<String>> expandAll(List<String> texts, Values values, TemplateLimits limits, Fit fit) {
        List<String> items = new ArrayList<>();
        long length = 0;
        for (String text : texts) {
            switch (parse(text).then(t -> t.items(values, limits, fit))) {
                case Result.Failed<List<String>>(Problem problem) -> {
                    return Result.failed(problem);
                }
                case Result.Ok<List<String>>(List<String> more) -> items.addAll(more);
            }
        }
        for (String item : items) {
            length += item.length();
        }
        if (items.size() > limits.arguments() || length > limits.allArguments()) {
            return Result.failed(
                    DefinitionMessage.VALUE_TOO_LONG, "name", "*", "found", length, "expected", limits.allArguments());
        }
        return Result.ok(List.copyOf(items));
    }

    private Result<List<String>> items(Values values, TemplateLimits limits, Fit fit) {
        Optional<String> name = whole();
        if (name.isPresent() && values.byName().get(name.get()) instanceof Many(List<String> texts)) {
            Optional<String> longest =
                    texts.stream().filter(t -> t.length() > limits.value()).findFirst();
            return longest.isPresent()
                    ? tooLong(name.get(), longest.get().length(), limits.value())
                    : Result.ok(
                            texts.stream().map(t -> item(name.get(), t, fit)).toList());
        }
        return fill(values, limits, fit).then(text -> Result.ok(List.of(text)));
    }

    private Result<String> fill(Values values, TemplateLimits limits, Fit fit) {
        StringBuilder out = new StringBuilder();
        Set<Integer> fromOutside = new TreeSet<>(Comparator.reverseOrder());
        for (Part part : parts) {
            if (part instanceof Hole(String name) && piece(name, fit)) {
                fromOutside.add(beginOfName(out));
            }
            Result<String> piece = switch (part) {
                case Fixed(String text) -> Result.ok(text);
                case Hole(String name) -> value(name, values, limits, fit);
            };
            switch (piece) {
                case Result.Failed<String> failed -> {
                    return failed;
                }
                case Result.Ok<String>(String text) -> out.append(text);
            }
            if (out.length() > limits.text()) {
                return tooLong("*", out.length(), limits.text());
            }
        }
        fromOutside.forEach(begin -> keepOwn(out, begin));
        return Result.ok(out.toString());
    }

    /** Whether a value becomes a piece of a name. */
    private static boolean piece(String name, Fit fit) {
        return (fit == Fit.PATH || fit == Fit.NAMES) && !ValueNames.path(name);
    }

    private static int beginOfName(StringBuilder path) {
        return Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1;
    }

    /** A name that text from outside has made like one of those that are removed by themselves gets another beginning. */
    private static void keepOwn(StringBuilder path, int begin) {
        int end = begin;
        while (end < path.length() && path.charAt(end) != '/' && path.charAt(end) != '\\') {
            end++;
        }
        if (NamePattern.own(path.substring(begin, end))) {
            path.insert(begin, '_');
        }
    }

    private static String item(String name, String value, Fit fit) {
        StringBuilder item = new StringBuilder(fitted(name, value, fit));
        if (piece(name, fit)) {
            keepOwn(item, 0);
        }
        return item.toString();
    }

    private static Result<String> value(String name, Values values, TemplateLimits limits, Fit fit) {
        String text = switch (values.byName().get(name)) {
            case null -> null;
            case One(String one) -> one;
            case Many(List<String> many) -> String.join(", ", many);
        };
        if (text == null) {
            return Result.failed(DefinitionMessage.VALUE_MISSING, "name", name);
        }
        return text.length() > limits.value()
                ? tooLong(name, text.length(), limits.value())
                : Result.ok(fitted(name, text, fit));
    }

    private static <T> Result<T> tooLong(String name, long found, long expected) {
        return Result.failed(DefinitionMessage.VALUE_TOO_LONG, "name", name, "found", found, "expected", expected);
    }

    private static String fitted(String name, String value, Fit fit) {
        StringBuilder out = new StringBuilder(value.length());
        boolean piece = piece(name, fit);
        value.codePoints().forEach(c -> {
            boolean control = Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
            boolean reserved = piece && "/\\:*?\"<>|[]{}!".indexOf(c) >= 0;
            out.appendCodePoint(reserved ? '_' : control ? ' ' : c);
        });
        String fitted = piece ? pieceOfName(out.toString()) : out.toString();
        return switch (fit) {
            case TEXT, PATH -> fitted;
            case HTML -> escaped(fitted);
            case NAMES -> NamePattern.literal(fitted);
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Neither {@code .} nor {@code ..}, and nothing that a file system drops at the end. */
    private static String pieceOfName(String text) {
        String name = text.strip();
        boolean dots = !name.isEmpty() && name.chars().allMatch(c -> c == '.');
        return dots || name.isEmpty() ? "_" : name;
    }
}
