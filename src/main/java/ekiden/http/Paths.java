package ekiden.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes paths and queries apart (RFC 3986): first at the slashes, then each part is decoded, so that {@code %2F} is no slash. Pure. */
final class Paths {
    private Paths() {}

    static List<String> parts(String rawPath) {
        List<String> parts = new ArrayList<>();
        String path = rawPath.startsWith("/") ? rawPath.substring(1) : rawPath;
        for (String part : path.split("/", -1)) {
            parts.add(decoded(part, false));
        }
        return parts;
    }

    static Map<String, String> query(@Nullable String rawQuery) {
        Map<String, String> values = new LinkedHashMap<>();
        if (rawQuery == null || rawQuery.isEmpty()) {
            return values;
        }
        for (String pair : rawQuery.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals), true);
            values.putIfAbsent(name, equals < 0 ? "" : decoded(pair.substring(equals + 1), true));
        }
        return values;
    }

    private static String decoded(String text, boolean plusIsBlank) {
        if (text.indexOf('%') < 0 && !(plusIsBlank && text.indexOf('+') >= 0)) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] given = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < given.length; i++) {
            if (given[i] == '%') {
                bytes.write(hex(given, i + 1, text) << 4 | hex(given, i + 2, text));
                i += 2;
            } else {
                bytes.write(plusIsBlank && given[i] == '+' ? ' ' : given[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException wrong) {
            throw bad(text);
        }
    }

    private static int hex(byte[] bytes, int at, String text) {
        int digit = at < bytes.length ? Character.digit(bytes[at], 16) : -1;
        if (digit < 0) {
            throw bad(text);
        }
        return digit;
    }

    private static Refusal bad(String text) {
        return Refusal.of(
                ApiMessage.BAD_PARAMETER,
                "name",
                "URL",
                "value",
                text,
                "expected",
                "UTF-8, percent-encoded (RFC 3986)");
    }
}
