package ekiden.base;

/**
 * Letters of ASCII without their case: what protocols call equal in any case is meant so. Pure, and of linear time whatever the text is: {@link String#toLowerCase} looks around at each
 * capital sigma, so that a mail full of these takes it minutes.
 */
public final class Ascii {
    private Ascii() {}

    /**
     * @param text any
     * @return the same with small letters for the capitals A to Z; every other character as it is
     */
    public static String lower(String text) {
        int capital = 0;
        while (capital < text.length() && !capital(text.charAt(capital))) {
            capital++;
        }
        if (capital == text.length()) {
            return text;
        }
        StringBuilder lower = new StringBuilder(text);
        for (int i = capital; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (capital(c)) {
                lower.setCharAt(i, (char) (c + 32));
            }
        }
        return lower.toString();
    }

    private static boolean capital(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
