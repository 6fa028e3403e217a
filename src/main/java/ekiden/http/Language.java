package ekiden.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The language a caller reads (RFC 9110 §12.5.4), of the two there are. Pure. */
final class Language {
    private static final int LONGEST = 200;

    private Language() {}

    static Locale of(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > LONGEST) {
            return Locale.ENGLISH;
        }
        double japanese = 0;
        double english = 0;
        for (String range : acceptLanguage.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = range.strip().split(";", -1);
            double weight = weight(parts);
            if (tag(parts[0], "ja")) {
                japanese = Math.max(japanese, weight);
            } else if (tag(parts[0], "en") || parts[0].strip().equals("*")) {
                english = Math.max(english, weight);
            }
        }
        boolean first = acceptLanguage.strip().toLowerCase(Locale.ROOT).startsWith("ja");
        boolean chosen = japanese > english || (first && japanese > 0 && japanese >= english);
        return chosen ? Locale.JAPANESE : Locale.ENGLISH;
    }

    private static boolean tag(String range, String language) {
        String tag = range.strip();
        return tag.equals(language) || tag.startsWith(language + "-");
    }

    private static double weight(String[] parts) {
        for (String part : parts) {
            String word = part.strip();
            if (word.matches("q=[01](\\.[0-9]{0,3})?")) {
                return Double.parseDouble(word.substring(2));
            }
        }
        return 1;
    }
}
