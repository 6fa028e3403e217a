package ekiden.mail.dkim;

import ekiden.base.Ascii;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The fields of a header as they stand in the mail, each byte one character (ISO 8859-1), lines ended by CRLF whatever they ended with.
 *
 * @param byName from the top, without the CRLF at their end; names in lower case
 */
record HeaderFields(Map<String, List<String>> byName) {
    /**
     * @param bytes the mail from its start
     * @param end where the empty line begins
     */
    static HeaderFields of(byte[] bytes, int end) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        int at = 0;
        while (at < end) {
            int next = at;
            while (next < end && bytes[next] != '\n') {
                next++;
            }
            int to = next > at && next < end && bytes[next - 1] == '\r' ? next - 1 : next;
            String line = new String(bytes, at, to - at, StandardCharsets.ISO_8859_1);
            boolean goesOn = !line.isEmpty() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
            if (goesOn && !field.isEmpty()) {
                field.append("\r\n").append(line);
            } else {
                add(field, fields);
                field.append(line);
            }
            at = next + 1;
        }
        add(field, fields);
        return new HeaderFields(fields.stream().collect(Collectors.groupingBy(HeaderFields::name)));
    }

    private static void add(StringBuilder field, List<String> fields) {
        if (!field.isEmpty()) {
            fields.add(field.toString());
            field.setLength(0);
        }
    }

    /** {@return the name of a field in lower case; empty where it has none} */
    static String name(String field) {
        int colon = field.indexOf(':');
        return colon < 0 ? "" : Ascii.lower(field.substring(0, colon).strip());
    }

    /** {@return the fields of a name, from the top} */
    List<String> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /**
     * What the signature of the header is over (RFC 6376 §3.7, §5.4.2): the named fields, of equal ones the lowest first, then the signature itself
     * with an empty {@code b=}.
     */
    byte[] signed(List<String> names, String signature, Canonical way) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        Map<String, Integer> used = new HashMap<>();
        for (String name : names) {
            List<String> equal = named(name);
            int at = equal.size() - used.merge(name, 1, Integer::sum);
            if (at >= 0) {
                signed.writeBytes(bytes(canonical(equal.get(at), way) + "\r\n"));
            }
        }
        signed.writeBytes(bytes(canonical(withoutSignature(signature), way)));
        return signed.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String canonical(String field, Canonical way) {
        return switch (way) {
            case SIMPLE -> field;
            case RELAXED -> relaxed(field);
        };
    }

    private static String relaxed(String field) {
        StringBuilder text = new StringBuilder(field.length());
        text.append(name(field)).append(':');
        int start = text.length();
        for (int i = field.indexOf(':') + 1; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                text.append(c);
            } else if (text.length() > start && text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            }
        }
        int end = text.length();
        return end > start && text.charAt(end - 1) == ' ' ? text.substring(0, end - 1) : text.toString();
    }

    /** The value of the tag {@code b} goes, and nothing else. */
    private static String withoutSignature(String field) {
        int at = field.indexOf(':') + 1;
        while (at < field.length()) {
            int semicolon = field.indexOf(';', at);
            int end = semicolon < 0 ? field.length() : semicolon;
            int is = field.indexOf('=', at);
            if (is >= 0 && is < end && field.substring(at, is).strip().equals("b")) {
                return field.substring(0, is + 1) + field.substring(end);
            }
            at = end + 1;
        }
        return field;
    }
}
