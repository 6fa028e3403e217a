package ekiden.message;

import ekiden.base.ExitCode;
import ekiden.base.LazyLogger;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The message catalogue. Safe from any thread. */
public final class Messages {
    /** How much of one value a message shows, in UTF-16 units. */
    public static final int MAX_VALUE = 500;

    private static final Logger LOG = LazyLogger.of(Messages.class);
    private static final int MAX_NAME = 40;
    /** The holes that are filled with what a system says. */
    private static final Set<String> REASONS = Set.of("reason", "detail");

    private final List<Supplier<MessageId[]>> ids;
    private final Map<String, Properties> loaded = new ConcurrentHashMap<>();

    /**
     * @param ids the message ids of each area, for example {@code SendMessage::values}; called only when an exit code is asked
     */
    public Messages(List<Supplier<MessageId[]>> ids) {
        this.ids = List.copyOf(ids);
    }

    /** A catalogue of texts that knows no exit codes. */
    public Messages() {
        this(List.of());
    }

    /**
     * @param id a message id
     * @param locale Japanese, or English for all others
     * @return its words with holes; in English where the Japanese are missing; empty for an id nobody knows
     */
    public Optional<Text> find(String id, Locale locale) {
        String language = Languages.japanese(locale) ? "ja" : "en";
        Optional<Text> text = find(id, language);
        return text.isPresent() || language.equals("en") ? text : find(id, "en");
    }

    private Optional<Text> find(String id, String language) {
        for (Area area : Area.likelyFirst(id)) {
            Properties texts = area(area.name() + "_" + language);
            String text = texts.getProperty(id + ".text");
            if (text != null) {
                String cause = texts.getProperty(id + ".cause", "");
                return Optional.of(new Text(id, text, cause, texts.getProperty(id + ".next", "")));
            }
        }
        return Optional.empty();
    }

    private Properties area(String file) {
        return loaded.computeIfAbsent(file, Messages::load);
    }

    private static Properties load(String file) {
        Properties texts = new Properties();
        try (InputStream in = Messages.class.getResourceAsStream(file + ".properties")) {
            if (in != null) {
                Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
                texts.load(reader);
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            LOG.log(Level.ERROR, "message file " + file + " cannot be read", unreadable);
        }
        return texts;
    }

    /**
     * @param problem what went wrong
     * @param locale Japanese, or English for all others
     * @return one line: id and text; an id without text is shown with its values
     */
    public String render(Problem problem, Locale locale) {
        return find(problem.id(), locale)
                .map(text -> problem.id() + " " + fill(text.text(), problem.values(), locale))
                .orElseGet(() -> problem.id() + " " + clean(new TreeMap<>(problem.values()).toString()));
    }

    /**
     * @param problem what went wrong
     * @param locale Japanese, or English for all others
     * @return what the operator does next, its holes filled; empty where nothing is known
     */
    public String next(Problem problem, Locale locale) {
        return find(problem.id(), locale)
                .map(text -> fill(text.next(), problem.values(), locale))
                .orElse("");
    }

    /**
     * @param problem what went wrong
     * @param locale Japanese, or English for all others
     * @return why it happens, its holes filled; empty where nothing is known
     */
    public String cause(Problem problem, Locale locale) {
        return find(problem.id(), locale)
                .map(text -> fill(text.cause(), problem.values(), locale))
                .orElse("");
    }

    /**
     * @param problem what went wrong
     * @param locale Japanese, or English for all others
     * @return lines for a person: id and text, then cause and next step where they are known, set in
     */
    public List<String> lines(Problem problem, Locale locale) {
        boolean japanese = Languages.japanese(locale);
        List<String> lines = new ArrayList<>(List.of(render(problem, locale)));
        String cause = cause(problem, locale);
        if (!cause.isEmpty()) {
            lines.add("  " + (japanese ? "原因: " : "Cause: ") + cause);
        }
        String next = next(problem, locale);
        if (!next.isEmpty()) {
            lines.add("  " + (japanese ? "対処: " : "Next step: ") + next);
        }
        return lines;
    }

    /**
     * @param id a message id; case does not matter, and its severity may be left out
     * @param locale Japanese, or English for all others
     * @return everything about it, or empty for an id nobody knows
     */
    public Optional<Explanation> explain(String id, Locale locale) {
        String upper = id.strip().toUpperCase(Locale.ROOT);
        for (String end : List.of("", "-E", "-W", "-I")) {
            Optional<Text> text = find(upper + end, locale);
            if (text.isPresent()) {
                String full = upper + end;
                return Optional.of(new Explanation(
                        text.get(), Severity.of(full), exit(full).orElse(null)));
            }
        }
        return Optional.empty();
    }

    /**
     * @param id a message id
     * @return what a command ends with when this ended it, or empty where no area given to this catalogue has the id
     */
    public Optional<ExitCode> exit(String id) {
        for (Supplier<MessageId[]> area : ids) {
            for (MessageId message : area.get()) {
                if (message.id().equals(id)) {
                    return Optional.of(message.exit());
                }
            }
        }
        return Optional.empty();
    }

    /** Fills holes; one without a value stays as it is. A value that itself looks like a hole is not filled again. */
    private String fill(String text, Map<String, String> values, Locale locale) {
        StringBuilder out = new StringBuilder(text.length() + 64);
        int from = 0;
        while (from < text.length()) {
            int open = text.indexOf('{', from);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            String name = text.substring(open + 1, close);
            String value = name.length() <= MAX_NAME ? values.get(name) : null;
            out.append(text, from, value == null ? close + 1 : open);
            if (value != null) {
                out.append(clean(REASONS.contains(name) ? reason(value, locale) : value));
            }
            from = close + 1;
        }
        return out.append(text, Math.min(from, text.length()), text.length()).toString();
    }

    /** What a system says, in the reader's language where it is one of the usual phrases. */
    private String reason(String phrase, Locale locale) {
        return Languages.japanese(locale) ? area("reason/ja").getProperty(phrase, phrase) : phrase;
    }

    /**
     * Makes a value fit for a screen or a log: control characters, line separators, and marks that turn the writing direction
     * become blanks; cut at {@link #MAX_VALUE}.
     *
     * @param value any text
     * @return one harmless line
     */
    public static String clean(String value) {
        int end = Math.min(value.length(), MAX_VALUE);
        StringBuilder out = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            out.append(harmful(value.charAt(i)) ? ' ' : value.charAt(i));
        }
        if (end < value.length()) {
            if (Character.isHighSurrogate(out.charAt(end - 1))) {
                out.setLength(end - 1);
            }
            out.append('…');
        }
        return out.toString();
    }

    private static boolean harmful(char c) {
        boolean separator = c == '\u2028' || c == '\u2029';
        boolean direction = c == '\u200e' || c == '\u200f' || (c >= '\u202a' && c <= '\u202e');
        boolean isolate = c >= '\u2066' && c <= '\u2069';
        return Character.isISOControl(c) || separator || direction || isolate;
    }
}
