package ekiden.message;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which language a person reads. Pure. */
public final class Languages {
    private Languages() {}

    /**
     * The first of these that says something: the option {@code --lang}, {@code language} of the settings, {@code LC_ALL},
     * {@code LC_MESSAGES}, {@code LANG}.
     *
     * @param option of the command line, or null
     * @param setting of the settings, or null
     * @param environment of the process
     * @return Japanese where it begins with {@code ja}, otherwise English
     */
    public static Locale choose(@Nullable String option, @Nullable String setting, Map<String, String> environment) {
        for (String word : new @Nullable String[] {
            option, setting, environment.get("LC_ALL"), environment.get("LC_MESSAGES"), environment.get("LANG")
        }) {
            if (word != null && !word.isBlank()) {
                return word.toLowerCase(Locale.ROOT).startsWith("ja") ? Locale.JAPANESE : Locale.ENGLISH;
            }
        }
        return Locale.ENGLISH;
    }

    /**
     * @param locale any
     * @return whether messages are shown in Japanese
     */
    public static boolean japanese(Locale locale) {
        return locale.getLanguage().equals("ja");
    }
}
