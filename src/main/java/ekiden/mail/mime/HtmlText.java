package ekiden.mail.mime;

import ekiden.base.Ascii;
import java.util.HashSet;
import java.util.Set;

/**
 * HTML to text that a person can read and a condition can search: blocks become lines, list items get a hyphen or their number, table cells a tab
 * between them, links their address behind them, quotes a mark in front; what is not shown falls away. Linear; never fetches or runs anything.
 */
public final class HtmlText {
    private static final int MAX_TAG_NAME = 12;
    private static final int MAX_LINK = 2000;
    private static final char NO_BREAK = '\u00a0';
    /** Quotes and lists further inside each other are not set in more. */
    private static final int MAX_DEPTH = 10;

    /** Looking for an end that does not come costs a pass. */
    private static final int MAX_ENDLESS = 20;

    /** What stands in these is not shown. */
    private static final Set<String> UNSHOWN = Set.of("script", "style", "title", "template");

    /** These have no content that could be hidden, or are all of the mail. */
    private static final Set<String> NEVER_HIDDEN =
            Set.of("br", "img", "hr", "input", "meta", "link", "area", "base", "col", "wbr", "html", "body");

    private final String html;
    private final StringBuilder text;
    private int at;
    private int preformatted;
    private boolean space;
    private int breaks;
    private String link = "";
    private int linkFrom;
    private boolean lineStart = true;
    private int quotes;
    private int lists;
    /** Of each list the number of its next item, or -1 where its items have none. */
    private final int[] numbers = new int[MAX_DEPTH];
    /** Elements whose end was looked for and does not come. */
    private final Set<String> endless = new HashSet<>();

    private HtmlText(String html) {
        this.html = html;
        this.text = new StringBuilder(html.length() / 2 + 16);
    }

    /**
     * @param html a document or a piece of one, however broken
     * @return its text, lines ended by LF, no line end at the end
     */
    public static String of(String html) {
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
            newLine();
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
                newLine();
            }
        } else if (space && !text.isEmpty() && text.charAt(text.length() - 1) > ' ') {
            text.append(' ');
        }
        space = false;
        breaks = 0;
        if (lineStart) {
            lineStart = false;
            setIn();
        }
    }

    /** Quotes and inner lists are set in as long as the text is shorter than its HTML; real ones are, by far. */
    private void setIn() {
        if (text.length() < html.length()) {
            text.repeat("> ", Math.min(quotes, MAX_DEPTH));
            text.repeat("  ", Math.clamp(lists - 1L, 0, MAX_DEPTH));
        }
    }

    private void newLine() {
        text.append('\n');
        lineStart = true;
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
        while (end < html.length() && end - at <= HtmlEntities.MAX_NAME && html.charAt(end) != ';') {
            end++;
        }
        boolean ended = end < html.length() && html.charAt(end) == ';';
        String decoded = ended ? HtmlEntities.decoded(html.substring(at + 1, end)) : null;
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
        String name = Ascii.lower(html.substring(from, nameEnd));
        int end = tagEnd(nameEnd);
        at = Math.min(html.length(), end + 1);
        if (!closing && (UNSHOWN.contains(name) || hidden(name, nameEnd, end))) {
            passOver(name);
        } else {
            tag(name, closing, nameEnd, end);
        }
    }

    /** Goes to behind the element that begins here; where it does not end it is shown, unless nobody would show it. */
    private void passOver(String name) {
        boolean known = endless.contains(name) || endless.size() == MAX_ENDLESS;
        int behind = known ? -1 : behindElement(name);
        if (behind >= 0) {
            at = behind;
        } else if (name.equals("script") || name.equals("style")) {
            at = html.length();
        } else if (!known) {
            endless.add(name);
        }
    }

    private int behindElement(String name) {
        boolean nests = !UNSHOWN.contains(name);
        int depth = 1;
        for (int open = html.indexOf('<', at); open >= 0; open = html.indexOf('<', open + 1)) {
            if (isTag(open + 1, "/" + name)) {
                depth--;
            } else if (nests && isTag(open + 1, name)) {
                depth++;
            }
            if (depth == 0) {
                return Math.min(html.length(), tagEnd(open + 2 + name.length()) + 1);
            }
        }
        return -1;
    }

    private boolean isTag(int from, String name) {
        int behind = from + name.length();
        return html.regionMatches(true, from, name, 0, name.length())
                && (behind >= html.length() || !Character.isLetterOrDigit(html.charAt(behind)));
    }

    /** Whether an element says of itself that it is not shown. */
    private boolean hidden(String name, int from, int end) {
        int to = Math.min(Math.min(end, html.length()), from + MAX_LINK);
        if (to - from < 7 || NEVER_HIDDEN.contains(name)) {
            return false;
        }
        int display = find("display", from, to);
        if (display >= 0 && valueIs(display + 7, to, "none")) {
            return true;
        }
        int visibility = find("visibility", from, to);
        if (visibility >= 0 && valueIs(visibility + 10, to, "hidden")) {
            return true;
        }
        int word = find(" hidden", from, to);
        boolean quoted = word >= 0
                && html.substring(from, word)
                                        .chars()
                                        .filter(c -> c == '"' || c == '\'')
                                        .count()
                                % 2
                        == 1;
        boolean whole = word >= 0 && (word + 7 >= to || " =>/".indexOf(html.charAt(word + 7)) >= 0);
        return whole && !quoted;
    }

    private boolean valueIs(int from, int to, String value) {
        int i = from;
        while (i < to && (html.charAt(i) == ' ' || html.charAt(i) == ':')) {
            i++;
        }
        return i > from && html.regionMatches(true, i, value, 0, value.length());
    }

    private int find(String lower, int from, int to) {
        for (int i = from; i + lower.length() <= to; i++) {
            if ((html.charAt(i) | 0x20) == lower.charAt(0) && html.regionMatches(true, i, lower, 0, lower.length())) {
                return i;
            }
        }
        return -1;
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

    private void tag(String name, boolean closing, int from, int end) {
        switch (name) {
            case "br" -> lineBreak();
            case "p", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "table" -> needBreaks(2);
            case "blockquote" -> {
                needBreaks(2);
                quotes = Math.max(0, quotes + (closing ? -1 : 1));
            }
            case "ul" -> list(closing, -1);
            case "ol" -> list(closing, 1);
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
            newLine();
        }
    }

    /** A list inside another one begins on the next line, as its items do. */
    private void list(boolean closing, int first) {
        needBreaks(lists > (closing ? 1 : 0) ? 1 : 2);
        if (closing) {
            lists = Math.max(0, lists - 1);
            return;
        }
        if (lists < MAX_DEPTH) {
            numbers[lists] = first;
        }
        lists++;
    }

    private void item(boolean closing) {
        needBreaks(1);
        if (closing) {
            return;
        }
        pending();
        int inner = lists - 1;
        if (inner >= 0 && inner < MAX_DEPTH && numbers[inner] > 0) {
            text.append(numbers[inner]).append(". ");
            numbers[inner]++;
        } else {
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
            boolean empty = text.length() == linkFrom;
            if (empty) {
                pending();
            }
            text.append(empty ? "<" : " <").append(link).append('>');
        }
        link = "";
    }

    private static String href(String attributes) {
        String lower = Ascii.lower(attributes);
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
