package ekiden.mail.address;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How names are made alike before they are compared. Pure. */
public final class Names {
    private static final int TO_KATAKANA = 'ァ' - 'ぁ';

    private Names() {}

    /**
     * The form in which names are compared: full and half width, upper and lower case, hiragana and katakana are one; runs of blanks, commas and middle dots are one blank, and
     * none at all beside a Japanese, Chinese or Korean character.
     *
     * @param name as somebody wrote it
     * @return that form; empty where nothing is left
     */
    public static String fold(String name) {
        String wide = Normalizer.normalize(name, Normalizer.Form.NFKC);
        // There and back again, so that letters with several small or several capital forms meet.
        String lower = wide.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder(lower.length());
        boolean blank = false;
        for (int at = 0; at < lower.length(); ) {
            int c = lower.codePointAt(at);
            at += Character.charCount(c);
            if (blank(c)) {
                blank = true;
                continue;
            }
            if (blank && !folded.isEmpty() && !close(c) && !close(folded.codePointBefore(folded.length()))) {
                folded.append(' ');
            }
            blank = false;
            folded.appendCodePoint(katakana(c));
        }
        return folded.toString();
    }

    /**
     * The names of somebody whose family name and given name are known.
     *
     * @param shown the names that the book has, most important first; blank ones are left out
     * @param family may be empty
     * @param given may be empty
     * @return those, and both orders of the two
     */
    public static List<String> of(List<String> shown, String family, String given) {
        Set<String> names = new LinkedHashSet<>();
        shown.stream().filter(name -> !name.isBlank()).forEach(names::add);
        if (!family.isBlank() && !given.isBlank()) {
            names.add(family + " " + given);
            names.add(given + " " + family);
        }
        return List.copyOf(names);
    }

    private static boolean blank(int c) {
        return c <= ' ' || c == ',' || c == '、' || c == '・' || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    /** Written without blanks between words. */
    private static boolean close(int c) {
        return switch (Character.UnicodeScript.of(c)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
            default -> c == 'ー' || c == '々' || c == '〆';
        };
    }

    private static int katakana(int c) {
        boolean hiragana = (c >= 'ぁ' && c <= 'ゖ') || c == 'ゝ' || c == 'ゞ';
        return hiragana ? c + TO_KATAKANA : c;
    }
}
