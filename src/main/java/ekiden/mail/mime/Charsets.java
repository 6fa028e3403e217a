package ekiden.mail.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The character sets by the names that mail uses, see {@link CharsetNames}. */
final class Charsets {
    static final TextCodec UTF_8 = TextCodec.of(StandardCharsets.UTF_8);

    private static final Set<String> FREQUENT = Set.of(
            CharsetNames.WINDOWS_31J,
            CharsetNames.KOREAN,
            CharsetNames.GB18030,
            CharsetNames.BIG5,
            "windows-1250",
            "windows-1251",
            "windows-1252",
            "windows-1253",
            "windows-1254",
            "windows-1255",
            "windows-1256",
            "windows-1257",
            "windows-1258",
            "x-windows-874",
            "iso-8859-2",
            "iso-8859-3",
            "iso-8859-4",
            "iso-8859-5",
            "iso-8859-6",
            "iso-8859-7",
            "iso-8859-8",
            "iso-8859-13",
            "iso-8859-15",
            "koi8-r",
            "koi8-u",
            "utf-16le",
            "utf-16be",
            "utf-32",
            "iso-2022-kr");

    private Charsets() {}

    static TextCodec windows31j() {
        return TextCodec.of(Charset.forName(CharsetNames.WINDOWS_31J));
    }

    static TextCodec windows1252() {
        return TextCodec.of(Charset.forName("windows-1252"));
    }

    /** {@return the codec for a label, or null where nobody knows it} */
    static @Nullable TextCodec find(String label) {
        String name = CharsetNames.meant(label);
        return switch (name) {
            case CharsetNames.NOTHING -> null;
            case CharsetNames.UTF_8 -> UTF_8;
            case CharsetNames.ISO_2022_JP -> Iso2022Jp.CODEC;
            case CharsetNames.EUC_JP -> EucJp.CODEC;
            case CharsetNames.UTF_7 -> Utf7.CODEC;
            case CharsetNames.UTF_16 -> Utf16.CODEC;
            case CharsetNames.HZ -> Hz.CODEC;
            default -> known(name);
        };
    }

    /** The frequent ones do without the table of all, which takes a fifth of a second to make. */
    private static @Nullable TextCodec known(String name) {
        return FREQUENT.contains(name) ? TextCodec.of(Charset.forName(name)) : named(name);
    }

    private static @Nullable TextCodec named(String name) {
        Charset charset = Known.NAMES.get(name.toLowerCase(Locale.ROOT));
        return charset == null ? null : TextCodec.of(charset);
    }

    /**
     * All names that the JDK knows, made when first needed: asking it for a name that it does not know searches the class path
     * each time, which a mail with thousands of unknown names could use to stop us.
     */
    private static final class Known {
        static final Map<String, Charset> NAMES = names();

        private static Map<String, Charset> names() {
            Map<String, Charset> names = new HashMap<>();
            for (Charset charset : Charset.availableCharsets().values()) {
                for (String alias : charset.aliases()) {
                    names.putIfAbsent(alias.toLowerCase(Locale.ROOT), charset);
                }
                names.put(charset.name().toLowerCase(Locale.ROOT), charset);
            }
            return names;
        }
    }
}
