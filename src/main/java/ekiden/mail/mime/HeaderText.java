package ekiden.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Header values as text. Raw bytes are decoded before anything else is done with them, because bytes of ISO-2022-JP and
 * windows-31j look like {@code @ , ; "}. Belongs to the reading of one mail: it learns the mail's own character set.
 */
final class HeaderText {
    private final MimeLimits limits;
    private final Set<MimeMessage> oddities = EnumSet.noneOf(MimeMessage.class);
    private @Nullable TextCodec hint;

    HeaderText(MimeLimits limits) {
        this.limits = limits;
    }

    /** With what was learnt before. */
    HeaderText(MimeLimits limits, @Nullable TextCodec hint) {
        this.limits = limits;
        this.hint = hint;
    }

    /** Tells what the mail declares for its text: raw headers are often in the same. */
    void hint(@Nullable String charset) {
        hint = charset == null ? null : Charsets.find(charset);
    }

    /** {@return the header of the mail, to be asked later} */
    Headers keep(HeaderBlock block) {
        return new Headers(block, limits, hint);
    }

    Set<MimeMessage> oddities() {
        return oddities;
    }

    /** {@return the first value of that name as it stands, without line breaks; empty where there is none} */
    String ascii(HeaderBlock block, String name) {
        int field = block.find(name, 0);
        if (field < 0) {
            return "";
        }
        byte[] value = unfolded(block, field);
        return new String(value, StandardCharsets.ISO_8859_1).strip();
    }

    /** {@return the first value of that name, raw bytes decoded, encoded words not; null where there is none} */
    @Nullable
    String raw(HeaderBlock block, String name) {
        int field = block.find(name, 0);
        return field < 0 ? null : raw(unfolded(block, field));
    }

    /** {@return all values of that name as {@link #raw}} */
    List<String> allRaw(HeaderBlock block, String name) {
        List<String> values = new ArrayList<>();
        for (int field = block.find(name, 0); field >= 0; field = block.find(name, field + 1)) {
            values.add(raw(unfolded(block, field)));
        }
        return values;
    }

    private String raw(byte[] value) {
        for (byte b : value) {
            if (b < 0 || b == 0x1b) {
                return guessed(value);
            }
        }
        String ascii = new String(value, StandardCharsets.ISO_8859_1).strip();
        String whole = LostEscapes.read(ascii, hint != null && hint.equals(Iso2022Jp.CODEC));
        if (whole == null) {
            return ascii;
        }
        oddities.add(MimeMessage.ESCAPES_LOST);
        return whole;
    }

    private String guessed(byte[] value) {
        boolean escaped = Iso2022Jp.announced(value, 0, value.length);
        TextCodec.Text text = CharsetGuess.guess(value, 0, value.length, escaped, hint);
        if (text.bad() > 0) {
            oddities.add(MimeMessage.NOT_DECODABLE);
        } else if (escaped || !text.equals(Charsets.UTF_8.decode(value, 0, value.length))) {
            oddities.add(MimeMessage.RAW_HEADER);
        }
        return text.text().strip();
    }

    /** A fold is a line break and the blank behind it; it counts as one space. */
    private static byte[] unfolded(HeaderBlock block, int field) {
        HeaderBlock.Slice value = block.value(field);
        byte[] bytes = block.bytes();
        byte[] out = new byte[value.to() - value.from()];
        int put = 0;
        boolean broken = false;
        for (int i = value.from(); i < value.to(); i++) {
            byte b = bytes[i];
            if (b == '\r' || b == '\n') {
                broken = true;
            } else {
                out[put] = broken && b == '\t' ? (byte) ' ' : b;
                put++;
                broken = false;
            }
        }
        return put == out.length ? out : Arrays.copyOf(out, put);
    }

    /** {@return a value with its encoded words decoded, as one line} */
    String decoded(String raw) {
        return cut(oneLine(EncodedWords.decode(raw, oddities)).strip());
    }

    /** {@return a value no longer than what is kept} */
    String cut(String value) {
        if (value.length() <= limits.nameChars()) {
            return value;
        }
        oddities.add(MimeMessage.VALUE_CUT);
        int end = limits.nameChars();
        return value.substring(0, Character.isHighSurrogate(value.charAt(end - 1)) ? end - 1 : end);
    }

    /** Control characters become spaces: encoded words can carry line breaks. */
    static String oneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return spaced(text);
            }
        }
        return text;
    }

    private static String spaced(String text) {
        StringBuilder line = new StringBuilder(text);
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.setCharAt(i, ' ');
            }
        }
        return line.toString();
    }

    /** {@return the Content-Type, or {@code otherwise} where there is none or none that makes sense} */
    ContentType contentType(HeaderBlock block, ContentType otherwise) {
        String value = raw(block, "content-type");
        if (value == null) {
            return otherwise;
        }
        Parameters parameters = Parameters.parse(value, this);
        String type = parameters.value();
        int slash = type.indexOf('/');
        String charset = parameters.get("charset");
        if (charset != null && hint == null && type.startsWith("text/")) {
            hint(charset);
        }
        boolean sound =
                slash > 0 && slash < type.length() - 1 && type.indexOf('/', slash + 1) < 0 && type.length() < 256;
        return sound ? new ContentType(type, parameters) : new ContentType("text/plain", parameters);
    }
}
