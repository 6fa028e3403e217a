package ekiden.mail.mime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of character sets as mail uses them. Where a name stands for less than what is really sent under it, the
 * wider set is taken: windows-31j for Shift_JIS, windows-1252 for ISO-8859-1, GB18030 for GB2312.
 */
final class Charsets {
    static final TextCodec UTF_8 = TextCodec.of(StandardCharsets.UTF_8);

    private static final int MAX_LABEL = 60;

    private static final Set<String> FREQUENT = Set.of(
            "windows-31j",
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
            "x-windows-949",
            "iso-8859-2",
            "iso-8859-3",
            "iso-8859-4",
            "iso-8859-5",
            "iso-8859-6",
            "iso-8859-7",
            "iso-8859-8",
            "iso-8859-9",
            "iso-8859-13",
            "iso-8859-15",
            "koi8-r",
            "koi8-u",
            "GB18030",
            "gb18030",
            "Big5-HKSCS",
            "UTF-16",
            "utf-16",
            "utf-16le",
            "utf-16be",
            "utf-32",
            "iso-2022-kr",
            "iso-2022-jp-2");

    private Charsets() {}

    static TextCodec windows31j() {
        return TextCodec.of(Charset.forName("windows-31j"));
    }

    static TextCodec windows1252() {
        return TextCodec.of(Charset.forName("windows-1252"));
    }

    /** {@return the codec for a label, or null where nobody knows it} */
    static @Nullable TextCodec find(String label) {
        String name = clean(label);
        return switch (name) {
            case "utf-8",
                    "utf8",
                    "utf_8",
                    "unicode-1-1-utf-8",
                    "utf-8n",
                    "us-ascii",
                    "ascii",
                    "ansi_x3.4-1968",
                    "cp65001",
                    "646" -> UTF_8;
            case "iso-2022-jp",
                    "iso2022-jp",
                    "iso2022jp",
                    "iso_2022_jp",
                    "csiso2022jp",
                    "iso-2022-jp-1",
                    "iso-2022-jp-3",
                    "iso-2022-jp-2004",
                    "iso-2022-jp-ms",
                    "iso-2022-jp-ext",
                    "cp50220",
                    "cp50221",
                    "cp50222",
                    "x-windows-50220",
                    "x-windows-50221",
                    "x-windows-iso2022jp",
                    "windows-50220",
                    "windows-50221",
                    "jis",
                    "jis7" -> Iso2022Jp.CODEC;
            case "euc-jp",
                    "eucjp",
                    "euc_jp",
                    "x-euc-jp",
                    "x-euc",
                    "x-eucjp",
                    "ujis",
                    "eucjp-ms",
                    "eucjp-win",
                    "eucjpms",
                    "cp51932",
                    "cseucpkdfmtjapanese" -> EucJp.CODEC;
            case "utf-7", "utf7", "unicode-1-1-utf-7", "csunicode11utf7", "x-unicode-2-0-utf-7" -> Utf7.CODEC;
            case "unknown-8bit",
                    "x-unknown",
                    "unknown",
                    "default",
                    "default_charset",
                    "x-user-defined",
                    "8bit",
                    "binary",
                    "none",
                    "" -> null;
            default -> known(alias(name));
        };
    }

    private static String clean(String label) {
        String name = label.strip().toLowerCase(Locale.ROOT);
        if (name.length() > 1 && (name.startsWith("\"") || name.startsWith("'"))) {
            name = name.substring(1, name.endsWith(name.substring(0, 1)) ? name.length() - 1 : name.length());
        }
        return name.length() > MAX_LABEL ? "" : name;
    }

    private static String alias(String name) {
        return switch (name) {
            case "shift_jis",
                    "shift-jis",
                    "shiftjis",
                    "shift_jis-ms",
                    "sjis",
                    "x-sjis",
                    "x_sjis",
                    "sjis-win",
                    "ms_kanji",
                    "csshiftjis",
                    "cp932",
                    "ms932",
                    "windows-932",
                    "cswindows31j",
                    "x-ms-cp932",
                    "x-mac-japanese",
                    "ibm943",
                    "cp943",
                    "cp943c" -> "windows-31j";
            case "iso-8859-1",
                    "iso8859-1",
                    "iso_8859-1",
                    "iso8859_1",
                    "latin1",
                    "latin-1",
                    "l1",
                    "cp1252",
                    "ansi",
                    "windows1252",
                    "iso-8859-1-windows-3.1-latin-1" -> "windows-1252";
            case "gb2312",
                    "gb_2312-80",
                    "gb_2312",
                    "gbk",
                    "x-gbk",
                    "cp936",
                    "ms936",
                    "windows-936",
                    "euc-cn",
                    "gb18030-2022",
                    "chinese",
                    "csgb2312",
                    "hz-gb-2312-8bit" -> "GB18030";
            case "big5", "big-5", "cn-big5", "csbig5", "x-x-big5", "cp950", "big5-hkscs", "big5hkscs", "big5hk" ->
                "Big5-HKSCS";
            case "euc-kr",
                    "euckr",
                    "ks_c_5601-1987",
                    "ks_c_5601-1989",
                    "ksc5601",
                    "ksc_5601",
                    "korean",
                    "cp949",
                    "ms949",
                    "uhc",
                    "windows-949",
                    "cseuckr" -> "x-windows-949";
            case "iso-8859-8-i", "iso-8859-8-e" -> "ISO-8859-8";
            case "iso-8859-11", "tis-620", "tis620", "windows-874", "cp874" -> "x-windows-874";
            case "unicode", "ucs-2", "iso-10646-ucs-2", "utf16" -> "UTF-16";
            case "macintosh", "mac", "x-mac-roman" -> "x-MacRoman";
            default ->
                name.startsWith("cp-125") || name.startsWith("win-125")
                        ? "windows-" + name.substring(name.indexOf('-') + 1)
                        : name.startsWith("cp125") ? "windows-" + name.substring(2) : name;
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
