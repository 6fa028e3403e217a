package ekiden.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Text in lines that are not wider than a terminal: broken at blanks and between East Asian characters, never inside of a path, an
 * address or an id. Such a word stands alone on a line that is too wide where it is wider than the terminal. Pure.
 */
final class Wrap {
    /** What must not stand at the beginning of a line (JIS X 4051). */
    private static final String NOT_FIRST = "。、)」ー・:";
    /** What ends a word that may be a path though no blank stands there. */
    private static final String BETWEEN = " 。、「」()（）";
    /** What makes a path, an address or an id of a word. */
    private static final String NAME = "/\\@#";

    private Wrap() {}

    /**
     * @param text the text, in one line
     * @param first stands in front of the first line
     * @param indent stands in front of each other line
     * @param width how many columns a line has
     * @return at least one line
     */
    static List<String> lines(String text, String first, String indent, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        int used = Width.of(first);
        boolean fresh = true;
        for (String piece : pieces(text)) {
            if (!fresh && used + Width.of(piece.stripTrailing()) > width) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(indent);
                used = indent.length();
            }
            line.append(piece);
            used += Width.of(piece);
            fresh = false;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    /** What is not broken: a word with the blank behind it, or one East Asian character with what may not follow a break. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int from = 0;
        int word = -1;
        boolean name = false;
        for (int i = 0; i < text.length(); i++) {
            if (i > word) {
                word = endOfWord(text, i);
                name = isName(text, i, word);
            }
            boolean last = i + 1 == text.length();
            if (last || text.charAt(i) == ' ' || (!(name && i + 1 < word) && mayBreak(text, i))) {
                pieces.add(text.substring(from, i + 1));
                from = i + 1;
            }
        }
        return pieces;
    }

    /** The place behind the word that begins here. */
    private static int endOfWord(String text, int from) {
        int end = from;
        while (end < text.length() && BETWEEN.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static boolean isName(String text, int from, int end) {
        for (int i = from; i < end; i++) {
            if (NAME.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Between an East Asian character and whatever stands beside it. */
    private static boolean mayBreak(String text, int at) {
        char c = text.charAt(at);
        char next = text.charAt(at + 1);
        boolean wide = wide(text, at) || wide(text, at + 1);
        boolean open = c == '(' || c == '「' || c == '（';
        return wide && !open && !Character.isLowSurrogate(next) && NOT_FIRST.indexOf(next) < 0;
    }

    private static boolean wide(String text, int at) {
        boolean second = Character.isLowSurrogate(text.charAt(at)) && at > 0;
        int from = second ? at - 1 : at;
        return Width.of(Character.toString(text.codePointAt(from))) == 2;
    }
}
