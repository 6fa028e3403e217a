package ekiden.mail.mime;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTML to text that a person can read and a condition can search: blocks become lines, list items get a hyphen, table
 * cells a tab between them, links their address behind them. Linear; never fetches or runs anything.
 */
final class HtmlText {
    private static final int MAX_TAG_NAME = 12;
    private static final int MAX_ENTITY = 10;
    private static final int MAX_LINK = 2000;
    private static final char NO_BREAK = '\u00a0';

    private static final Map<String, String> ENTITIES = Map.ofEntries(
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
            Map.entry("ensp", " "),
            Map.entry("emsp", " "),
            Map.entry("thinsp", " "),
            Map.entry("shy", ""),
            Map.entry("zwnj", ""),
            Map.entry("zwj", ""));

    private final String html;
    private final StringBuilder text;
    private int at;
    private int preformatted;
    private boolean space;
    private int breaks;
    private String link = "";
    private int linkFrom;

    private HtmlText(String html) {
        this.html = html;
        this.text = new StringBuilder(html.length() / 2 + 16);
    }

    static String of(String html) {
        return new HtmlText(html).run();
    }

    private String run() {
        while (at < html.length()) {
            char c = html.charAt(at);
            if (c == '<' && tagBegins()) {
                markup();
            } else if (c == '&') {
                entity();
            } else {
                character(c);
                at++;
            }
        }
        return text.toString().stripTrailing();
    }

    private boolean tagBegins() {
        char next = at + 1 < html.length() ? html.charAt(at + 1) : ' ';
        return next == '/'
                || next == '!'
                || next == '?'
                || (next >= 'a' && next <= 'z')
                || (next >= 'A' && next <= 'Z');
    }

    private void character(char c) {
        if ((preformatted == 0 && c <= ' ') || c == NO_BREAK) {
            space = true;
        } else if (c == '\n') {
            text.append('\n');
        } else if (c != '\r') {
            pending();
            text.append(c);
        }
    }

    /** Writes the line breaks and the space that wait for text behind them. */
    private void pending() {
        if (breaks > 0) {
            while (!text.isEmpty() && text.charAt(text.length() - 1) == ' ') {
                text.setLength(text.length() - 1);
            }
            for (int i = lineBreaksAtEnd(); i < breaks && !text.isEmpty(); i++) {
                text.append('\n');
            }
        } else if (space && !text.isEmpty() && text.charAt(text.length() - 1) > ' ') {
            text.append(' ');
        }
        space = false;
        breaks = 0;
    }

    private int lineBreaksAtEnd() {
        int count = 0;
        while (count < 2 && text.length() > count && text.charAt(text.length() - 1 - count) == '\n') {
            count++;
        }
        return count;
    }

    private void needBreaks(int count) {
        breaks = Math.max(breaks, count);
        space = false;
    }

    private void entity() {
        int end = at + 1;
        while (end < html.length() && end - at <= MAX_ENTITY && html.charAt(end) != ';') {
            end++;
        }
        boolean ended = end < html.length() && html.charAt(end) == ';';
        String decoded = ended ? decoded(html.substring(at + 1, end)) : null;
        if (decoded == null) {
            character('&');
            at++;
            return;
        }
        at = end + 1;
        if (decoded.equals(String.valueOf(NO_BREAK))) {
            space = true;
        } else if (!decoded.isEmpty()) {
            pending();
            text.append(decoded);
        }
    }

    private static @Nullable String decoded(String name) {
        return name.startsWith("#") ? numeric(name) : ENTITIES.get(name);
    }

    private static @Nullable String numeric(String name) {
        try {
            boolean hex = name.startsWith("#x") || name.startsWith("#X");
            int code = hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
            boolean sound = Character.isValidCodePoint(code)
                    && (code >= ' ' || code == '\n')
                    && Character.getType(code) != Character.SURROGATE;
            return sound ? Character.toString(code) : "";
        } catch (NumberFormatException none) {
            return null;
        }
    }

    private void markup() {
        if (html.startsWith("<!--", at)) {
            int end = html.indexOf("-->", at + 4);
            at = end < 0 ? html.length() : end + 3;
            return;
        }
        boolean closing = html.charAt(at + 1) == '/';
        int from = at + (closing ? 2 : 1);
        int nameEnd = from;
        while (nameEnd < html.length()
                && nameEnd - from < MAX_TAG_NAME
                && Character.isLetterOrDigit(html.charAt(nameEnd))) {
            nameEnd++;
        }
        String name = html.substring(from, nameEnd).toLowerCase(Locale.ROOT);
        int end = tagEnd(nameEnd);
        tag(name, closing, nameEnd, end);
        at = Math.min(html.length(), end + 1);
        if (!closing && (name.equals("script") || name.equals("style"))) {
            skipTo(name);
        }
    }

    /** {@return where the tag's {@code >} stands, outside quotes} */
    private int tagEnd(int from) {
        char quote = 0;
        int firstPlain = -1;
        for (int i = from; i < html.length(); i++) {
            char c = html.charAt(i);
            if (c == '>' && quote == 0) {
                return i;
            }
            if (c == '>' && firstPlain < 0) {
                firstPlain = i;
            }
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = html.charAt(i - 1) == '=' || html.charAt(i - 1) == ' ' ? c : 0;
            } else if (c == quote) {
                quote = 0;
            }
            if (i - from > MAX_LINK && firstPlain >= 0) {
                return firstPlain;
            }
        }
        return firstPlain >= 0 ? firstPlain : html.length();
    }

    private void skipTo(String name) {
        int from = at;
        while (from >= 0) {
            int close = html.indexOf("</", from);
            if (close < 0) {
                at = html.length();
                return;
            }
            if (html.regionMatches(true, close + 2, name, 0, name.length())) {
                at = close;
                return;
            }
            from = close + 2;
        }
    }

    private void tag(String name, boolean closing, int from, int end) {
        switch (name) {
            case "br" -> lineBreak();
            case "p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "dl", "table" -> needBreaks(2);
            case "div",
                    "tr",
                    "section",
                    "article",
                    "header",
                    "footer",
                    "center",
                    "form",
                    "dt",
                    "dd",
                    "hr",
                    "address",
                    "body" -> needBreaks(1);
            case "li" -> item(closing);
            case "td", "th" -> cell(closing);
            case "pre" -> {
                needBreaks(1);
                preformatted = Math.max(0, preformatted + (closing ? -1 : 1));
            }
            case "a" -> anchor(closing, from, end);
            default -> {
                // Other elements stand inside a line.
            }
        }
    }

    private void lineBreak() {
        if (!text.isEmpty()) {
            pending();
            text.append('\n');
        }
    }

    private void item(boolean closing) {
        needBreaks(1);
        if (!closing) {
            pending();
            text.append("- ");
        }
    }

    private void cell(boolean closing) {
        boolean first = breaks > 0 || text.isEmpty() || text.charAt(text.length() - 1) == '\n';
        if (!closing && !first) {
            text.append('\t');
            space = false;
        }
    }

    private void anchor(boolean closing, int from, int end) {
        if (!closing) {
            link = href(html.substring(from, Math.min(Math.min(end, html.length()), from + MAX_LINK)));
            linkFrom = text.length();
            return;
        }
        int shownTo = Math.min(text.length(), linkFrom + 2 * link.length());
        boolean shown = linkFrom <= shownTo && text.substring(linkFrom, shownTo).contains(link);
        if (link.startsWith("http") && !shown) {
            text.append(" <").append(link).append('>');
        }
        link = "";
    }

    private static String href(String attributes) {
        String lower = attributes.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("href");
        int equals = at < 0 ? -1 : attributes.indexOf('=', at);
        if (equals < 0) {
            return "";
        }
        String value = attributes.substring(equals + 1).strip();
        char quote = value.isEmpty() ? ' ' : value.charAt(0);
        boolean quoted = quote == '"' || quote == '\'';
        int end = value.indexOf(quoted ? quote : ' ', 1);
        String url = value.substring(quoted ? 1 : 0, end < 0 ? value.length() : end);
        return url.replace("&amp;", "&").strip();
    }
}
