package ekiden.testing.corpus;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** Pieces of mails in forms drawn by chance. All text is bytes of ISO-8859-1. */
final class Drawn {
    /** ISO-2022-JP with everything that is sent under that name. */
    static final String JIS = "iso-2022-jp-ms";

    private static final String MICROSOFT = "x-windows-iso2022jp";
    private static final int WORD_BYTES = 39;

    private Drawn() {}

    static byte[] bytes(String charset, String text) {
        return charset.equals(JIS) ? jis(text) : text.getBytes(Charset.forName(charset));
    }

    /** With half-width katakana as it is; the encoders of the JDK do that, or know the characters of IBM. */
    private static byte[] jis(String text) {
        StringBuilder half = new StringBuilder();
        StringBuilder out = new StringBuilder();
        StringBuilder other = new StringBuilder();
        for (char c : (text + '\0').toCharArray()) {
            if (c >= 0xff61 && c <= 0xff9f) {
                half.append((char) (c - 0xff61 + 0x21));
            } else {
                out.append(
                        half.isEmpty() ? "" : raw(bytes(MICROSOFT, other.toString())) + "\u001b(I" + half + "\u001b(B");
                other.setLength(half.isEmpty() ? other.length() : 0);
                half.setLength(0);
                other.append(c);
            }
        }
        other.setLength(other.length() - 1);
        return (out + raw(bytes(MICROSOFT, other.toString()))).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** {@return what the bytes say}: some characters have no place of their own in some character sets */
    static String read(String charset, byte[] bytes, String text) {
        return charset.equals(JIS) ? text : new String(bytes, Charset.forName(charset));
    }

    static String raw(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A header value as encoded words, cut where it comes, also inside characters. */
    static String words(SplittableRandom random, String label, byte[] bytes) {
        boolean base64 = random.nextInt(3) > 0;
        boolean oneLongWord = random.nextInt(3) == 0;
        StringBuilder value = new StringBuilder();
        int at = 0;
        while (at < bytes.length || at == 0) {
            int end = oneLongWord ? bytes.length : Math.min(bytes.length, at + WORD_BYTES);
            byte[] piece = java.util.Arrays.copyOfRange(bytes, at, end);
            value.append(value.isEmpty() ? "" : "\r\n ").append(word(label, piece, base64));
            at = Math.max(end, 1);
        }
        return value.toString();
    }

    private static String word(String label, byte[] bytes, boolean base64) {
        String text = base64 ? Base64.getEncoder().encodeToString(bytes) : q(bytes);
        return "=?" + label + (base64 ? "?B?" : "?Q?") + text + "?=";
    }

    private static String q(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            boolean plain = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
            text.append(plain ? String.valueOf((char) b) : b == ' ' ? "_" : "=%02X".formatted(b & 0xff));
        }
        return text.toString();
    }

    /** A parameter with a file name. */
    static String fileName(SplittableRandom random, String parameter, String label, byte[] bytes, boolean raw) {
        if (raw) {
            return parameter + "=\"" + raw(bytes) + "\"";
        }
        return switch (random.nextInt(4)) {
            case 0 -> parameter + "=\"" + words(random, label, bytes) + "\"";
            case 1 -> parameter + "*=" + label + "''" + percent(bytes, 0, bytes.length);
            case 2 -> pieces(parameter, label, bytes, false);
            default -> pieces(parameter, label, bytes, true);
        };
    }

    private static String pieces(String parameter, String label, byte[] bytes, boolean lastFirst) {
        List<String> pieces = new java.util.ArrayList<>();
        int size = 14;
        for (int at = 0; at < bytes.length; at += size) {
            String start = pieces.isEmpty() ? label + "''" : "";
            pieces.add(parameter + "*" + pieces.size() + "*=" + start
                    + percent(bytes, at, Math.min(bytes.length, at + size)));
        }
        return String.join(";\r\n ", lastFirst ? pieces.reversed() : pieces);
    }

    private static String percent(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            boolean plain = (bytes[i] >= 'a' && bytes[i] <= 'z') || (bytes[i] >= '0' && bytes[i] <= '9');
            text.append(plain ? String.valueOf((char) bytes[i]) : "%%%02X".formatted(bytes[i] & 0xff));
        }
        return text.toString();
    }

    /** A body in a transfer encoding: {@code 8bit}, {@code base64} or {@code quoted-printable}. */
    static String body(String encoding, byte[] bytes) {
        return switch (encoding) {
            case "base64" -> Base64.getMimeEncoder().encodeToString(bytes) + "\r\n";
            case "quoted-printable" -> quotedPrintable(bytes);
            default -> raw(bytes);
        };
    }

    private static String quotedPrintable(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\r' && i + 1 < bytes.length && bytes[i + 1] == '\n') {
                text.append("\r\n");
                column = 0;
                i++;
                continue;
            }
            if (column > 70) {
                text.append("=\r\n");
                column = 0;
            }
            boolean plain = bytes[i] > ' ' && bytes[i] < 0x7f && bytes[i] != '=';
            text.append(plain ? String.valueOf((char) bytes[i]) : "=%02X".formatted(bytes[i] & 0xff));
            column += plain ? 1 : 3;
        }
        return text.toString();
    }
}
