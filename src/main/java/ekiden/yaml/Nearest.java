package ekiden.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses what somebody meant. Pure. */
public final class Nearest {
    private static final int LONGEST = 80;

    private Nearest() {}

    /**
     * @param word what was written
     * @param known what could have been meant
     * @return the known word that is a slip or two away, or empty when none is near
     */
    public static Optional<String> of(String word, Collection<String> known) {
        return known.stream()
                .filter(k -> distance(word, k) <= allowed(Math.min(word.length(), k.length())))
                .min(Comparator.comparingInt((String k) -> distance(word, k)).thenComparing(k -> k));
    }

    /**
     * @param word what was written
     * @param known what could have been meant
     * @return the known words, the nearest first
     */
    public static List<String> sorted(String word, Collection<String> known) {
        return known.stream()
                .sorted(Comparator.comparingInt((String k) -> distance(word, k)).thenComparing(k -> k))
                .toList();
    }

    private static int allowed(int length) {
        return length <= 3 ? 1 : Math.max(2, length / 3);
    }

    /** Levenshtein's distance without regard to case, {@code -} and {@code _}. */
    private static int distance(String one, String other) {
        String a = plain(one);
        String b = plain(other);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private static String plain(String word) {
        String cut = word.length() > LONGEST ? word.substring(0, LONGEST) : word;
        return cut.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
