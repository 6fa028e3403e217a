package ekiden.mail.mime;

import ekiden.base.Ascii;

/**
 * What mails call character sets → the one that is meant. Where a name stands for less than what is really sent under it,
 * the wider set is meant: windows-31j for Shift_JIS, windows-1252 for ISO-8859-1, GB18030 for GB2312.
 */
final class CharsetNames {
    /** What says nothing. */
    static final String NOTHING = "";

    static final String ISO_2022_JP = "iso-2022-jp";
    static final String EUC_JP = "euc-jp";
    static final String UTF_7 = "utf-7";
    static final String UTF_8 = "utf-8";
    static final String UTF_16 = "utf-16";
    static final String HZ = "hz-gb-2312";
    static final String WINDOWS_31J = "windows-31j";
    static final String GB18030 = "gb18030";
    static final String BIG5 = "big5-hkscs";
    static final String KOREAN = "x-windows-949";

    private static final int MAX_LABEL = 60;
    private static final int MAX_CODE_PAGE = 5;

    private CharsetNames() {}

    /** {@return a name of one of the constants, a name for the JDK, or {@link #NOTHING}; in lower case} */
    static String meant(String label) {
        String name = clean(label);
        return switch (name) {
            case "",
                    "unknown-8bit",
                    "x-unknown",
                    "unknown",
                    "default",
                    "default_charset",
                    "_autodetect",
                    "x-jisautodetect",
                    "jisautodetect",
                    "x-user-defined",
                    "8bit",
                    "binary",
                    "none",
                    "null",
                    "auto" -> NOTHING;
            default -> {
                String asian = asian(name);
                yield asian.isEmpty() ? other(name) : asian;
            }
        };
    }

    /** Lower case, without quotes and what else broken headers leave around a name. */
    private static String clean(String label) {
        int from = 0;
        int to = Math.min(label.length(), 2 * MAX_LABEL);
        while (from < to && !inName(label.charAt(from))) {
            from++;
        }
        int end = from;
        while (end < to && inName(label.charAt(end))) {
            end++;
        }
        return end - from > MAX_LABEL ? NOTHING : Ascii.lower(label.substring(from, end));
    }

    private static boolean inName(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.'
                || c == ':'
                || c == '$';
    }

    private static String asian(String name) {
        return switch (name) {
            case "jis", "jis7", "jis8", "iso-2022-7bit", "junet", "csjunet" -> ISO_2022_JP;
            case "ujis", "x-euc", "euc", "deckanji", "cseucpkdfmtjapanese" -> EUC_JP;
            case "sjis-2004", "shift_jis-2004", "shift_jisx0213", "shift_jis-x0213", "x-sjis_0213" -> "x-sjis_0213";
            case "ms_kanji",
                    "mskanji",
                    "cswindows31j",
                    "windows31j",
                    "x-mac-japanese",
                    "pck",
                    "ibm943",
                    "ibm-943",
                    "cp943c",
                    "windows-31j" -> WINDOWS_31J;
            case "gb_2312-80",
                    "gb_2312",
                    "gb2312-80",
                    "gb-2312",
                    "gb2312_charset",
                    "gbk",
                    "x-gbk",
                    "gbk2312",
                    "euc-cn",
                    "euccn",
                    "x-euc-cn",
                    "gb18030-2022",
                    "gb_18030",
                    "gb-18030",
                    "chinese",
                    "csgb2312",
                    "csiso58gb231280",
                    "iso-ir-58",
                    "x-mac-chinesesimp",
                    "gb2312",
                    "gb18030" -> GB18030;
            case "hz", "hz-gb-2312", "hz-gb2312", "hzgb2312" -> HZ;
            case "big5",
                    "big-5",
                    "big_5",
                    "cn-big5",
                    "csbig5",
                    "x-big5",
                    "x-x-big5",
                    "big5-eten",
                    "big5-2003",
                    "big5-hkscs",
                    "big5_hkscs",
                    "big5hkscs",
                    "big5hk",
                    "x-mac-chinesetrad" -> BIG5;
            case "euc-kr",
                    "euckr",
                    "euc_kr",
                    "x-euc-kr",
                    "cseuckr",
                    "korean",
                    "uhc",
                    "iso-ir-149",
                    "csksc56011987",
                    "x-mac-korean" -> KOREAN;
            default -> asianByPart(name);
        };
    }

    /** The many spellings of one name. */
    private static String asianByPart(String name) {
        if (name.contains("2022") && name.contains("jp")) {
            return ISO_2022_JP;
        }
        if (name.contains("euc") && (name.contains("jp") || name.contains("jis"))) {
            return EUC_JP;
        }
        if (name.contains("sjis") || (name.contains("shift") && name.contains("jis"))) {
            return WINDOWS_31J;
        }
        return name.startsWith("ks") && name.contains("5601") ? KOREAN : NOTHING;
    }

    private static String other(String name) {
        return switch (name) {
            case "us-ascii",
                    "ascii",
                    "us_ascii",
                    "usascii",
                    "us",
                    "ansi_x3.4-1968",
                    "ansi_x3.4-1986",
                    "iso646-us",
                    "iso-ir-6",
                    "646",
                    "7bit",
                    "utf8",
                    "utf_8",
                    "utf-8n",
                    "utf8mb4",
                    "x-utf-8",
                    "utf",
                    "utf-8",
                    "unicode-1-1-utf-8",
                    "unicode-2-0-utf-8" -> UTF_8;
            case "utf-7", "utf7", "unicode-1-1-utf-7", "csunicode11utf7", "x-unicode-2-0-utf-7" -> UTF_7;
            case "utf-16", "utf16", "utf_16", "unicode", "ucs-2", "ucs2", "iso-10646-ucs-2", "csunicode" -> UTF_16;
            case "ansi", "iso-8859-1-windows-3.1-latin-1" -> "windows-1252";
            case "koi8", "koi-8", "koi", "koi8r", "koi-8-r", "cskoi8r" -> "koi8-r";
            case "koi8u", "koi8-ru" -> "koi8-u";
            case "iso-8859-8-i", "iso-8859-8-e", "logical" -> "iso-8859-8";
            case "tis620", "tis-620", "tis-620-0", "tis620-0", "tis620.2533", "iso-ir-166" -> "x-windows-874";
            case "macintosh", "mac", "macroman", "mac-roman", "x-mac-roman" -> "x-macroman";
            case "x-mac-ce", "mac-ce", "x-mac-centraleurroman" -> "x-maccentraleurope";
            case "x-mac-cyrillic" -> "x-maccyrillic";
            case "x-mac-greek" -> "x-macgreek";
            case "x-mac-turkish" -> "x-macturkish";
            default -> numbered(name);
        };
    }

    /** Names that end with a number: parts of ISO 8859, code pages. */
    private static String numbered(String name) {
        String known = name.startsWith("x-") ? name.substring(2) : name;
        int colon = known.indexOf(':');
        known = colon < 0 ? known : known.substring(0, colon);
        int digits = known.length();
        while (digits > 0 && known.charAt(digits - 1) >= '0' && known.charAt(digits - 1) <= '9') {
            digits--;
        }
        String number = known.substring(digits);
        if (number.isEmpty() || number.length() > MAX_CODE_PAGE) {
            return name;
        }
        return switch (known.substring(0, digits)) {
            case "iso-8859-", "iso8859-", "iso_8859-", "iso8859_", "iso-8859_", "iso_8859_", "iso8859", "8859-" ->
                iso8859(number);
            case "latin", "latin-", "l" -> latin(number);
            case "cp", "cp-", "ms", "ms-cp", "ms-", "microsoft-cp", "windows", "windows-", "win", "win-", "ansi-", "" ->
                codePage(number, name);
            default -> name;
        };
    }

    private static String iso8859(String number) {
        return switch (number) {
            case "1" -> "windows-1252";
            case "9" -> "windows-1254";
            case "11" -> "x-windows-874";
            default -> "iso-8859-" + number;
        };
    }

    private static String latin(String number) {
        return switch (number) {
            case "1" -> "windows-1252";
            case "2", "3", "4" -> "iso-8859-" + number;
            case "5" -> "windows-1254";
            case "7" -> "iso-8859-13";
            case "9" -> "iso-8859-15";
            case "10" -> "iso-8859-16";
            default -> NOTHING;
        };
    }

    private static String codePage(String number, String name) {
        return switch (number) {
            case "932", "943" -> WINDOWS_31J;
            case "936", "54936", "20936" -> GB18030;
            case "949", "51949" -> KOREAN;
            case "950", "951" -> BIG5;
            case "874" -> "x-windows-874";
            case "1200" -> "utf-16le";
            case "1201" -> "utf-16be";
            case "1250", "1251", "1252", "1253", "1254", "1255", "1256", "1257", "1258" -> "windows-" + number;
            case "10000" -> "x-macroman";
            case "20866" -> "koi8-r";
            case "21866" -> "koi8-u";
            case "20127", "65001" -> UTF_8;
            case "65000" -> UTF_7;
            case "28591", "28592", "28593", "28594", "28595", "28596", "28597", "28598", "28599" ->
                iso8859(number.substring(4));
            case "28605" -> "iso-8859-15";
            case "50220", "50221", "50222" -> ISO_2022_JP;
            case "51932", "20932" -> EUC_JP;
            case "52936" -> HZ;
            default -> name;
        };
    }
}
