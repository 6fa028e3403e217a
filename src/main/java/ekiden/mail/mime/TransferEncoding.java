package ekiden.mail.mime;

import ekiden.base.Ascii;

/** Content-Transfer-Encoding (RFC 2045 §6). */
public enum TransferEncoding {
    /** 7bit, 8bit, binary, and whatever nobody knows: the bytes are what they are. */
    IDENTITY,
    /** RFC 2045 §6.8. */
    BASE64,
    /** RFC 2045 §6.7. */
    QUOTED_PRINTABLE,
    /** x-uuencode and its other spellings. */
    UUENCODE;

    static TransferEncoding of(String value) {
        String word = Ascii.lower(value.strip());
        int start = word.startsWith("\"") ? 1 : 0;
        int end = start;
        while (end < word.length() && (Character.isLetterOrDigit(word.charAt(end)) || word.charAt(end) == '-')) {
            end++;
        }
        return switch (word.substring(start, end)) {
            case "base64" -> BASE64;
            case "quoted-printable" -> QUOTED_PRINTABLE;
            case "x-uuencode", "uuencode", "x-uue", "uue" -> UUENCODE;
            default -> IDENTITY;
        };
    }

    TransferDecoder decoder(Sink sink) {
        return switch (this) {
            case IDENTITY -> new IdentityDecoder(sink);
            case BASE64 -> new Base64Decoder(sink);
            case QUOTED_PRINTABLE -> new QuotedPrintableDecoder(sink);
            case UUENCODE -> new UuDecoder(sink);
        };
    }
}
