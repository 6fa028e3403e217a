package ekiden.mail.mime;

import org.jspecify.annotations.Nullable;

/** Windows numbers of character sets, as TNEF and RTF use them, and the names they go by in mail. */
final class CodePages {
    private CodePages() {}

    /** {@return the name of a code page, or null where there is none} */
    static @Nullable String name(long number) {
        if (number >= 1250 && number <= 1258) {
            return "windows-" + number;
        }
        if (number >= 28_591 && number <= 28_605) {
            return "ISO-8859-" + (number - 28_590);
        }
        return switch ((int) number) {
            case 932 -> "windows-31j";
            case 936 -> "GBK";
            case 949 -> "windows-949";
            case 950 -> "Big5";
            case 874 -> "windows-874";
            case 1200 -> "UTF-16LE";
            case 20_127 -> "US-ASCII";
            case 20_866 -> "KOI8-R";
            case 20_932, 51_932 -> "EUC-JP";
            case 21_866 -> "KOI8-U";
            case 50_220, 50_221, 50_222 -> "ISO-2022-JP";
            case 51_949 -> "EUC-KR";
            case 54_936 -> "GB18030";
            case 65_001 -> "UTF-8";
            default -> null;
        };
    }

    /** {@return the code page of a font's character set ({@code \fcharset} of RTF), or 0 where it says nothing} */
    static int ofFont(int charset) {
        return switch (charset) {
            case 128 -> 932;
            case 129 -> 949;
            case 134 -> 936;
            case 136 -> 950;
            case 161 -> 1253;
            case 162 -> 1254;
            case 163 -> 1258;
            case 177 -> 1255;
            case 178 -> 1256;
            case 186 -> 1257;
            case 204 -> 1251;
            case 222 -> 874;
            case 238 -> 1250;
            default -> 0;
        };
    }
}
