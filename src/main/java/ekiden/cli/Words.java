package ekiden.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The words of help texts and tables in one language, from {@code ekiden/cli/words_en.properties} and {@code _ja}. They are read when the first is needed: most calls
 * need none, and to open the jar is a tenth of their time. Safe from any thread.
 */
final class Words {
    private final Locale language;
    private @Nullable Properties words;

    Words(Locale language) {
        this.language = language;
    }

    Locale language() {
        return language;
    }

    /** The words for a key; the key itself where there are none, which a test forbids. */
    String of(String key) {
        return all().getProperty(key, key);
    }

    /** The words for an option of a command: its own ones, or those that it shares with others. */
    String of(String command, String option) {
        String own = all().getProperty(command + "." + option);
        return own != null ? own : of("any." + option);
    }

    boolean has(String key) {
        return all().containsKey(key);
    }

    synchronized Properties all() {
        Properties known = words;
        if (known == null) {
            known = read(language.getLanguage().equals("ja") ? "words_ja.properties" : "words_en.properties");
            words = known;
        }
        return known;
    }

    private static Properties read(String file) {
        Properties words = new Properties();
        try (InputStream in = Words.class.getResourceAsStream(file)) {
            words.load(new InputStreamReader(Objects.requireNonNull(in, file), StandardCharsets.UTF_8));
        } catch (IOException wrong) {
            throw new UncheckedIOException("the jar cannot be read", wrong);
        }
        return words;
    }
}
