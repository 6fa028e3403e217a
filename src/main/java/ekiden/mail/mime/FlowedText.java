package ekiden.mail.mime;

/**
 * Text of format=flowed (RFC 3676) with its soft line breaks undone: a paragraph is one line again, quotes keep their depth, stuffed spaces fall away.
 */
final class FlowedText {
    private static final String SIGNATURE = "-- ";

    private final String text;
    private final boolean deleteSpace;
    private final StringBuilder out;
    /** The depth of quotes of the paragraph that goes on, or -1. */
    private int open = -1;

    private FlowedText(String text, boolean deleteSpace) {
        this.text = text;
        this.deleteSpace = deleteSpace;
        this.out = new StringBuilder(text.length());
    }

    /**
     * @param text with LF as line break
     * @param deleteSpace DelSp=yes: the space of a soft line break is not part of the text (RFC 3676 §4.5)
     */
    static String of(String text, boolean deleteSpace) {
        FlowedText flowed = new FlowedText(text, deleteSpace);
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            flowed.line(at, end < 0 ? text.length() : end);
            if (end >= 0 && flowed.open < 0) {
                flowed.out.append('\n');
            }
            at = end < 0 ? text.length() : end + 1;
        }
        return flowed.closed();
    }

    private void line(int start, int end) {
        int from = start;
        while (from < end && text.charAt(from) == '>') {
            from++;
        }
        int depth = from - start;
        if (from < end && text.charAt(from) == ' ') {
            from++;
        }
        boolean signature = text.startsWith(SIGNATURE, from) && end - from == SIGNATURE.length();
        boolean flows = end > from && text.charAt(end - 1) == ' ' && !signature;
        if (open != depth || signature) {
            begin(depth, from < end);
        }
        out.append(text, from, flows && deleteSpace ? end - 1 : end);
        open = flows ? depth : -1;
    }

    private void begin(int depth, boolean filled) {
        if (open >= 0) {
            out.append('\n');
        }
        out.repeat('>', depth);
        if (depth > 0 && filled) {
            out.append(' ');
        }
    }

    private String closed() {
        if (open >= 0 && text.endsWith("\n")) {
            out.append('\n');
        }
        return out.toString();
    }
}
