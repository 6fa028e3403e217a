package ekiden.mail.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * RTF to text, as far as bodies of mails need it. RTF that was made of HTML (MS-OXRTFEX) gives that HTML's text. Linear, whatever the bytes.
 */
final class RtfText {
    private static final int MAX_WORD = 32;
    private static final int MAX_FONTS = 1000;
    /** Groups further inside each other keep the state of the one around them. */
    private static final int MAX_DEPTH = 1000;
    /** So many pieces of text are looked at whether they are in the character set that is said; further ones are taken to be: looking at each costs too much. */
    static final int MAX_CHECKED = 20_000;

    private static final int UTF_16 = 1200;

    /** Groups that hold no text. */
    private static final Set<String> NO_TEXT = Set.of(
            "colortbl",
            "stylesheet",
            "info",
            "pict",
            "object",
            "header",
            "headerl",
            "headerr",
            "headerf",
            "footer",
            "footerl",
            "footerr",
            "footerf",
            "footnote",
            "listtable",
            "listoverridetable",
            "generator",
            "xmlnstbl");

    private final byte[] rtf;
    private final StringBuilder out = new StringBuilder();
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private final Map<Integer, Integer> fonts = new HashMap<>();
    private final Deque<State> around = new ArrayDeque<>();
    private State state = new State(false, false, false, false, 1, -1);
    private int tooDeep;
    private int at;
    private int codePage = 1252;
    /** The font of text for which none is chosen, or -1. */
    private int usualFont = -1;
    /** Whether what waits is printable ASCII, the same in all code pages but one. */
    private boolean ascii = true;

    private final Map<Integer, TextCodec> codecs = new HashMap<>();
    private int checked;
    private boolean ofHtml;
    /** Characters that stand for one that was written as a number, and are passed over. */
    private int replaced;

    private boolean star;

    /**
     * What holds in a group.
     *
     * @param unshown nothing in it is text
     * @param fontTable whether it describes fonts
     * @param tag whether it holds a piece of the HTML
     * @param notHtml whether what follows is there for readers of RTF only
     * @param replaced characters that follow one that is written as a number
     * @param font the font, or -1
     */
    private record State(boolean unshown, boolean fontTable, boolean tag, boolean notHtml, int replaced, int font) {
        State hidden() {
            return new State(true, fontTable, tag, notHtml, replaced, font);
        }

        State ofFonts() {
            return new State(true, true, tag, notHtml, replaced, font);
        }

        State ofTag() {
            return new State(unshown, fontTable, true, false, replaced, font);
        }

        State notHtml(boolean now) {
            return new State(unshown, fontTable, tag, now, replaced, font);
        }

        State replaced(int count) {
            return new State(unshown, fontTable, tag, notHtml, count, font);
        }

        State font(int number) {
            return new State(unshown, fontTable, tag, notHtml, replaced, number);
        }
    }

    private RtfText(byte[] rtf) {
        this.rtf = rtf;
    }

    /** {@return the text, lines ended by LF} */
    static String of(byte[] rtf) {
        RtfText reader = new RtfText(rtf);
        reader.read();
        String text = TextCodec.withoutHalves(reader.out);
        return reader.ofHtml ? HtmlText.of(text) : text.stripTrailing();
    }

    private void read() {
        while (at < rtf.length) {
            byte b = rtf[at];
            at++;
            switch (b) {
                case '{' -> begin();
                case '}' -> end();
                case '\\' -> control();
                case '\r', '\n' -> {
                    // Line breaks of the file mean nothing.
                }
                default -> character(b);
            }
        }
        decode();
    }

    private void begin() {
        decode();
        star = false;
        if (around.size() == MAX_DEPTH) {
            tooDeep++;
        } else {
            around.push(state);
        }
    }

    private void end() {
        decode();
        replaced = 0;
        if (tooDeep > 0) {
            tooDeep--;
        } else if (!around.isEmpty()) {
            state = around.pop();
        }
    }

    private void control() {
        if (at == rtf.length) {
            return;
        }
        byte b = rtf[at];
        at++;
        if (letter(b)) {
            at--;
            word();
            return;
        }
        switch (b) {
            case '\'' -> hex();
            case '*' -> star = true;
            case '~' -> text(" ");
            case '_' -> text("-");
            case '\r', '\n' -> text("\n");
            case '\\', '{', '}' -> character(b);
            default -> {
                // A mark for the layout.
            }
        }
    }

    private static boolean letter(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
    }

    private static boolean digit(byte b) {
        return b >= '0' && b <= '9';
    }

    private void hex() {
        int high = at < rtf.length ? QuotedPrintableDecoder.hex(rtf[at]) : -1;
        int low = at + 1 < rtf.length ? QuotedPrintableDecoder.hex(rtf[at + 1]) : -1;
        if (high >= 0 && low >= 0) {
            at += 2;
            character((byte) (high << 4 | low));
        }
    }

    private void word() {
        int from = at;
        while (at < rtf.length && letter(rtf[at]) && at - from < MAX_WORD) {
            at++;
        }
        String word = new String(rtf, from, at - from, StandardCharsets.ISO_8859_1);
        boolean minus = at + 1 < rtf.length && rtf[at] == '-' && digit(rtf[at + 1]);
        at += minus ? 1 : 0;
        boolean numbered = at < rtf.length && digit(rtf[at]);
        long number = 0;
        while (at < rtf.length && digit(rtf[at])) {
            number = Math.min(number * 10 + rtf[at] - '0', Integer.MAX_VALUE);
            at++;
        }
        if (at < rtf.length && rtf[at] == ' ') {
            at++;
        }
        word(word, (int) (minus ? -number : number), numbered);
    }

    private void word(String word, int number, boolean numbered) {
        boolean unknownIgnored = star;
        star = false;
        switch (word) {
            case "par", "line", "row", "sect", "page" -> text("\n");
            case "tab", "cell" -> text("\t");
            case "emdash" -> text("—");
            case "endash" -> text("–");
            case "lquote" -> text("‘");
            case "rquote" -> text("’");
            case "ldblquote" -> text("“");
            case "rdblquote" -> text("”");
            case "bullet" -> text("•");
            case "u" -> unicode(number);
            case "uc" -> state = state.replaced(Math.clamp(number, 0, 100));
            case "bin" -> at = (int) Math.min(rtf.length, at + (long) Math.max(0, number));
            case "ansicpg" -> codePage = number;
            case "f" -> font(number);
            case "deff" -> usualFont = number;
            case "plain" -> font(-1);
            case "fcharset" -> fontCharset(number);
            case "fonttbl" -> state = state.ofFonts();
            case "fromhtml" -> ofHtml = number == 1;
            case "htmltag" -> state = ofHtml ? state.ofTag() : state.hidden();
            case "htmlrtf" -> notHtml(!numbered || number != 0);
            default -> {
                if (unknownIgnored || NO_TEXT.contains(word)) {
                    state = state.hidden();
                }
            }
        }
    }

    private void notHtml(boolean now) {
        decode();
        state = state.notHtml(now);
    }

    private void font(int number) {
        decode();
        state = state.font(number);
    }

    private void fontCharset(int charset) {
        if (state.fontTable && fonts.size() < MAX_FONTS) {
            fonts.put(state.font, CodePages.ofFont(charset));
        }
    }

    private void unicode(int number) {
        replaced = 0;
        text(String.valueOf((char) number));
        replaced = state.replaced;
    }

    private boolean shown() {
        return !state.unshown && !(ofHtml && state.notHtml);
    }

    private void text(String text) {
        decode();
        if (replaced > 0) {
            replaced--;
        } else if (shown()) {
            out.append(text);
        }
    }

    private void character(byte b) {
        if (replaced > 0) {
            replaced--;
        } else if (shown()) {
            waiting.write(b);
            ascii &= b >= ' ' && b < 127;
        }
    }

    /** Characters of several bytes are decoded together. */
    private void decode() {
        if (waiting.size() > 0) {
            int page = page();
            out.append(
                    ascii && page != UTF_16
                            ? waiting.toString(StandardCharsets.ISO_8859_1)
                            : decoded(waiting.toByteArray(), page));
            waiting.reset();
            ascii = true;
        }
    }

    private int page() {
        int font = state.font < 0 ? usualFont : state.font;
        int ofFont = fonts.getOrDefault(font, 0);
        return ofFont == 0 ? codePage : ofFont;
    }

    private String decoded(byte[] bytes, int page) {
        if (checked < MAX_CHECKED) {
            checked++;
            return TextDecoder.decode(bytes, 0, bytes.length, CodePages.name(page))
                    .text();
        }
        return codecs.computeIfAbsent(page, RtfText::codec)
                .decode(bytes, 0, bytes.length)
                .text();
    }

    private static TextCodec codec(int page) {
        String name = CodePages.name(page);
        TextCodec known = name == null ? null : Charsets.find(name);
        return known == null ? Charsets.windows1252() : known;
    }
}
