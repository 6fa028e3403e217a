package ekiden.mail.match;

/**
 * The X.500 form of an address, as Exchange has it: written out ({@code /O=EXAMPLE/OU=SALES/CN=YAMADA}) or wrapped for the internet
 * ({@code IMCEAEX-_O=EXAMPLE_OU=SALES_CN=YAMADA@example.jp}, where {@code _} stands for {@code /} and {@code +40} for the character with that code).
 */
final class X500 {
    private static final String WRAPPED = "imceaex-";

    private X500() {}

    /** In small letters; empty where the address has no such form. */
    static String of(String address) {
        String lower = Matcher.key(address);
        if (lower.startsWith("/o=")) {
            return lower;
        }
        if (!lower.startsWith(WRAPPED)) {
            return "";
        }
        int at = lower.lastIndexOf('@');
        return unwrapped(lower.substring(WRAPPED.length(), at < 0 ? lower.length() : at));
    }

    private static String unwrapped(String text) {
        StringBuilder form = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int code = c == '+' ? code(text, i + 1) : -1;
            if (code >= 0) {
                form.append((char) code);
                i += 2;
            } else {
                form.append(c == '_' ? '/' : c);
            }
        }
        return Matcher.key(form.toString());
    }

    private static int code(String text, int at) {
        if (at + 2 > text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }
}
