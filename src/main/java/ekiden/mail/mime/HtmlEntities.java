package ekiden.mail.mime;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The characters that HTML writes by name or number, as far as mails use them. */
final class HtmlEntities {
    /** Characters between ampersand and semicolon at most. */
    static final int MAX_NAME = 10;

    /** What the numbers 128 to 159 mean: those of windows-1252 (HTML, numeric character reference end state). */
    private static final String FROM_128 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", "\u00a0"),
            Map.entry("copy", "©"),
            Map.entry("reg", "®"),
            Map.entry("trade", "™"),
            Map.entry("yen", "¥"),
            Map.entry("euro", "€"),
            Map.entry("pound", "£"),
            Map.entry("cent", "¢"),
            Map.entry("sect", "§"),
            Map.entry("deg", "°"),
            Map.entry("plusmn", "±"),
            Map.entry("times", "×"),
            Map.entry("divide", "÷"),
            Map.entry("laquo", "«"),
            Map.entry("raquo", "»"),
            Map.entry("hellip", "…"),
            Map.entry("ndash", "–"),
            Map.entry("mdash", "—"),
            Map.entry("lsquo", "‘"),
            Map.entry("rsquo", "’"),
            Map.entry("ldquo", "“"),
            Map.entry("rdquo", "”"),
            Map.entry("bull", "•"),
            Map.entry("middot", "·"),
            Map.entry("larr", "←"),
            Map.entry("rarr", "→"),
            Map.entry("uarr", "↑"),
            Map.entry("darr", "↓"),
            Map.entry("auml", "ä"),
            Map.entry("ouml", "ö"),
            Map.entry("uuml", "ü"),
            Map.entry("Auml", "Ä"),
            Map.entry("Ouml", "Ö"),
            Map.entry("Uuml", "Ü"),
            Map.entry("szlig", "ß"),
            Map.entry("eacute", "é"),
            Map.entry("egrave", "è"),
            Map.entry("ecirc", "ê"),
            Map.entry("agrave", "à"),
            Map.entry("aacute", "á"),
            Map.entry("acirc", "â"),
            Map.entry("ccedil", "ç"),
            Map.entry("iacute", "í"),
            Map.entry("oacute", "ó"),
            Map.entry("ocirc", "ô"),
            Map.entry("uacute", "ú"),
            Map.entry("ntilde", "ñ"),
            Map.entry("Eacute", "É"),
            Map.entry("Egrave", "È"),
            Map.entry("Agrave", "À"),
            Map.entry("Aacute", "Á"),
            Map.entry("Ccedil", "Ç"),
            Map.entry("Ntilde", "Ñ"),
            Map.entry("iexcl", "¡"),
            Map.entry("iquest", "¿"),
            Map.entry("euml", "ë"),
            Map.entry("iuml", "ï"),
            Map.entry("icirc", "î"),
            Map.entry("ucirc", "û"),
            Map.entry("ugrave", "ù"),
            Map.entry("ograve", "ò"),
            Map.entry("igrave", "ì"),
            Map.entry("atilde", "ã"),
            Map.entry("otilde", "õ"),
            Map.entry("aring", "å"),
            Map.entry("aelig", "æ"),
            Map.entry("oslash", "ø"),
            Map.entry("Aring", "Å"),
            Map.entry("AElig", "Æ"),
            Map.entry("Oslash", "Ø"),
            Map.entry("oelig", "œ"),
            Map.entry("frac12", "½"),
            Map.entry("frac14", "¼"),
            Map.entry("sup2", "²"),
            Map.entry("sup3", "³"),
            Map.entry("micro", "µ"),
            Map.entry("para", "¶"),
            Map.entry("not", "¬"),
            Map.entry("ordf", "ª"),
            Map.entry("ordm", "º"),
            Map.entry("sbquo", "‚"),
            Map.entry("bdquo", "„"),
            Map.entry("lsaquo", "‹"),
            Map.entry("rsaquo", "›"),
            Map.entry("dagger", "†"),
            Map.entry("permil", "‰"),
            Map.entry("hearts", "♥"),
            Map.entry("check", "✓"),
            Map.entry("le", "≤"),
            Map.entry("ge", "≥"),
            Map.entry("ne", "≠"),
            Map.entry("infin", "∞"),
            Map.entry("harr", "↔"),
            Map.entry("minus", "−"),
            Map.entry("ensp", " "),
            Map.entry("emsp", " "),
            Map.entry("thinsp", " "),
            Map.entry("shy", ""),
            Map.entry("zwnj", ""),
            Map.entry("zwj", ""),
            Map.entry("lrm", ""),
            Map.entry("rlm", ""));

    private HtmlEntities() {}

    /** {@return what stands for a name between ampersand and semicolon, or null where nothing does} */
    static @Nullable String decoded(String name) {
        return name.startsWith("#") ? numeric(name) : NAMED.get(name);
    }

    private static @Nullable String numeric(String name) {
        try {
            boolean hex = name.startsWith("#x") || name.startsWith("#X");
            int code = hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
            if (code >= 128 && code < 160) {
                code = FROM_128.charAt(code - 128);
            }
            boolean sound = Character.isValidCodePoint(code)
                    && (code >= ' ' || code == '\n')
                    && !Character.isISOControl(code == '\n' ? ' ' : code)
                    && Character.getType(code) != Character.SURROGATE;
            return sound ? Character.toString(code) : "";
        } catch (NumberFormatException none) {
            return null;
        }
    }
}
