package ekiden.store.jdbc;

import java.util.Locale;

/** Text as both databases take it: PostgreSQL takes no NUL, and neither takes half of a surrogate pair. */
final class Texts {
    private static final char REPLACEMENT = '\uFFFD';

    private Texts() {}

    /** Text for a column: what cannot be stored is replaced, the same for storing and for asking. */
    static String plain(String text) {
        int bad = firstBad(text, 0);
        if (bad < 0) {
            return text;
        }
        StringBuilder good = new StringBuilder(text);
        while (bad >= 0) {
            good.setCharAt(bad, REPLACEMENT);
            bad = firstBad(text, bad + 1);
        }
        return good.toString();
    }

    /** JSON for a column: what cannot be stored is escaped, so that it is the same when it is read. */
    static String json(String json) {
        int bad = firstBad(json, 0);
        if (bad < 0) {
            return json;
        }
        StringBuilder good = new StringBuilder(json.length() + 64);
        int from = 0;
        while (bad >= 0) {
            good.append(json, from, bad).append(String.format(Locale.ROOT, "\\u%04x", (int) json.charAt(bad)));
            from = bad + 1;
            bad = firstBad(json, from);
        }
        return good.append(json, from, json.length()).toString();
    }

    private static int firstBad(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return i;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
