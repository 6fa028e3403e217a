package ekiden.mail.receive.imap;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Names of folders on the wire (RFC 3501 §5.1.3): printable ASCII stands for itself, {@code &-} for an ampersand, all else is UTF-16 in a
 * base64 with {@code ,} for {@code /} and without padding, between {@code &} and {@code -}.
 */
final class ModifiedUtf7 {
    private ModifiedUtf7() {}

    static String encode(String name) {
        StringBuilder wire = new StringBuilder(name.length());
        int i = 0;
        while (i < name.length()) {
            char c = name.charAt(i);
            if (plain(c)) {
                wire.append(c == '&' ? "&-" : String.valueOf(c));
                i++;
                continue;
            }
            int end = i;
            while (end < name.length() && !plain(name.charAt(end))) {
                end++;
            }
            byte[] utf16 = name.substring(i, end).getBytes(StandardCharsets.UTF_16BE);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(utf16);
            wire.append('&').append(base64.replace('/', ',')).append('-');
            i = end;
        }
        return wire.toString();
    }

    private static boolean plain(char c) {
        return c >= 0x20 && c <= 0x7E;
    }

    /** What is not well formed, or is UTF-8 as newer servers send it, is left as it came. */
    static String decode(String wire) {
        StringBuilder name = new StringBuilder(wire.length());
        int i = 0;
        while (i < wire.length()) {
            char c = wire.charAt(i);
            int end = c == '&' ? wire.indexOf('-', i) : -1;
            if (end < 0) {
                name.append(c);
                i++;
            } else {
                name.append(shifted(wire.substring(i + 1, end)));
                i = end + 1;
            }
        }
        return name.toString();
    }

    private static String shifted(String base64) {
        if (base64.isEmpty()) {
            return "&";
        }
        try {
            byte[] utf16 = Base64.getDecoder().decode(base64.replace(',', '/'));
            return StandardCharsets.UTF_16BE
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf16))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException wrong) {
            return "&" + base64 + "-";
        }
    }
}
