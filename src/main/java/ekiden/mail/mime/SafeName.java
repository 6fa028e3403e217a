package ekiden.mail.mime;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Names that a mail declares, made safe as file names on Linux, Windows and macOS: one path part, no control or bidi
 * characters, no reserved name, no trailing dot, NFC, limited in bytes with the extension kept. A safe name stays as it is.
 */
public final class SafeName {
    /** Bytes in UTF-8; most file systems allow 255, and something must be left for what is put behind. */
    public static final int MAX_BYTES = 200;

    /** What a name becomes of which nothing is left. */
    public static final String NAMELESS = "attachment";

    private static final int MAX_EXTENSION_BYTES = 32;
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul", "conin$", "conout$", "clock$");

    private SafeName() {}

    /**
     * @param declared what the mail says; may be hostile
     * @return a safe name of at most {@link #MAX_BYTES} bytes, never empty
     */
    public static String clean(String declared) {
        return clean(declared, MAX_BYTES);
    }

    /**
     * @param declared what the mail says; may be hostile
     * @param maxBytes the limit in UTF-8 bytes, at least 16
     * @return a safe name, never empty
     */
    public static String clean(String declared, int maxBytes) {
        String name = lastPart(
                printableAscii(declared) ? declared : Normalizer.normalize(kept(declared), Normalizer.Form.NFC));
        name = shortened(trimmed(name), maxBytes);
        if (name.isEmpty()) {
            return NAMELESS;
        }
        return isDevice(name) ? shortened("_" + name, maxBytes) : name;
    }

    /** Most names are, and neither {@link #kept} nor a normal form would change them. */
    private static boolean printableAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    /** Drops what is not shown, and replaces half surrogates, which no file system takes. */
    private static String kept(String declared) {
        StringBuilder kept = new StringBuilder(declared.length());
        int at = 0;
        while (at < declared.length()) {
            int c = declared.codePointAt(at);
            at += Character.charCount(c);
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.FORMAT -> {
                    // Not shown, or turns the order of what is shown.
                }
                case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR ->
                    kept.append(c == 0x3000 ? '\u3000' : ' ');
                case Character.SURROGATE, Character.UNASSIGNED -> kept.append('_');
                default -> kept.appendCodePoint(c);
            }
        }
        return kept.toString();
    }

    private static String lastPart(String name) {
        String part = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        boolean drive = part.length() > 1 && part.charAt(1) == ':' && Character.isLetter(part.charAt(0));
        StringBuilder safe = new StringBuilder(drive ? part.substring(2) : part);
        for (int i = 0; i < safe.length(); i++) {
            if ("<>:\"|?*".indexOf(safe.charAt(i)) >= 0) {
                safe.setCharAt(i, '_');
            }
        }
        return safe.toString();
    }

    private static String trimmed(String name) {
        int from = 0;
        int to = name.length();
        while (to > 0 && (name.charAt(to - 1) == '.' || blank(name.charAt(to - 1)))) {
            to--;
        }
        while (from < to && blank(name.charAt(from))) {
            from++;
        }
        return name.substring(from, to);
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\u3000';
    }

    private static String shortened(String name, int maxBytes) {
        if (bytes(name) <= maxBytes) {
            return name;
        }
        String extension = extension(name);
        return cut(name, maxBytes - bytes(extension)) + extension;
    }

    /** {@return the whole characters in front that fit, without trailing dots} */
    private static String cut(String name, int maxBytes) {
        int left = maxBytes;
        int at = 0;
        while (at < name.length()) {
            int c = name.codePointAt(at);
            left -= c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (left < 0) {
                return trimmed(name.substring(0, at));
            }
            at += Character.charCount(c);
        }
        return name;
    }

    /** {@return the last dot and what follows, or nothing where that is too long or stands in front} */
    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        String extension = dot <= 0 ? "" : name.substring(dot);
        return bytes(extension) > MAX_EXTENSION_BYTES ? "" : extension;
    }

    /**
     * @param name any
     * @return how many bytes it has in a folder, in UTF-8
     */
    public static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Windows takes these names for devices, with any extension. */
    private static boolean isDevice(String name) {
        int dot = name.indexOf('.');
        String stem = (dot < 0 ? name : name.substring(0, dot)).stripTrailing().toLowerCase(Locale.ROOT);
        boolean port = stem.length() == 4
                && (stem.startsWith("com") || stem.startsWith("lpt"))
                && "123456789\u00b9\u00b2\u00b3".indexOf(stem.charAt(3)) >= 0;
        return port || DEVICES.contains(stem);
    }

    /**
     * Another name for a file whose own is taken.
     *
     * @param name a safe name
     * @param number 2 and up
     * @return the name with {@code  (2)} and so on before its extension, still safe
     */
    public static String numbered(String name, int number) {
        String extension = extension(name);
        String suffix = " (" + number + ")" + extension;
        String stem = name.substring(0, name.length() - extension.length());
        return cut(stem, MAX_BYTES - bytes(suffix)) + suffix;
    }

    /** Gives each file of one folder a name of its own, also where the file system does not tell A from a. */
    public static final class Folder {
        private final Set<String> taken = new HashSet<>();
        private final Map<String, Integer> next = new HashMap<>();

        /**
         * Keeps a name for something else.
         *
         * @param name that name
         */
        public void reserve(String name) {
            taken.add(key(name));
        }

        /**
         * @param declared what the mail says
         * @return a safe name that no other file has: with {@code  (2)} and so on before its extension where needed
         */
        public String name(String declared) {
            String name = clean(declared);
            String first = key(name);
            int number = next.getOrDefault(first, 2);
            String free = name;
            while (!taken.add(key(free))) {
                free = numbered(name, number);
                number++;
            }
            next.put(first, number);
            return free;
        }

        private static String key(String name) {
            return Normalizer.normalize(name, Normalizer.Form.NFC)
                    .toUpperCase(Locale.ROOT)
                    .toLowerCase(Locale.ROOT);
        }
    }
}
