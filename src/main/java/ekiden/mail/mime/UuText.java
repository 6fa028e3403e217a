package ekiden.mail.mime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds files in uuencode inside a text, while its decoded bytes pass: {@code begin MODE NAME}, lines of data, {@code end}. What has all of that is
 * taken out; what has not stays text. Holds the text around the files, and one file that is not known to end, up to a limit.
 */
final class UuText implements Sink {
    private static final String BEGIN = "begin ";

    /** A line of data has a length, 84 digits and at times a check digit. */
    private static final int MAX_DATA_LINE = 86;

    private static final int MAX_LINE = 1024;

    private final int limit;
    private final int mostFiles;
    private final List<File> files = new ArrayList<>();
    private byte[] text;
    private int filled;
    private boolean cut;

    private final byte[] line = new byte[MAX_LINE];
    private int lineLength;
    private boolean afterReturn;
    private long position;
    private long lineAt;
    private int lineInText;

    private State state = State.TEXT;
    private String name = "";
    private long fileAt;
    private int fileInText;
    private boolean cutBefore;
    private long size;
    private boolean broken;
    private boolean tooMany;

    private enum State {
        TEXT,
        BEGUN,
        DATA,
        ZERO
    }

    /**
     * A file that was found.
     *
     * @param name as it stands; its character set is guessed
     * @param offset where its first line begins in the decoded text
     * @param length up to behind its last line
     * @param size decoded
     */
    record File(String name, long offset, long length, long size) {}

    /**
     * @param limit bytes of text that are kept
     * @param mostFiles further ones stay text
     */
    UuText(int limit, int mostFiles) {
        this.limit = limit;
        this.mostFiles = mostFiles;
        this.text = new byte[Math.min(4096, limit)];
    }

    /** {@return whether a text may hold such a file, so that it is worth looking closely} */
    static boolean mayBeIn(String text) {
        int at = text.indexOf(BEGIN);
        while (at >= 0) {
            boolean first = at == 0 || text.charAt(at - 1) == '\n' || text.charAt(at - 1) == '\r';
            int mode = at + BEGIN.length();
            if (first && mode < text.length() && octal(text.charAt(mode))) {
                return true;
            }
            at = text.indexOf(BEGIN, mode);
        }
        return false;
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        for (int i = from; i < from + length; i++) {
            one(bytes[i]);
        }
    }

    private void one(byte b) {
        boolean pair = afterReturn && b == '\n';
        if (afterReturn && !pair) {
            lineEnds();
        }
        keep(b);
        position++;
        afterReturn = b == '\r';
        if (b == '\n') {
            lineEnds();
        } else if (b != '\r' && lineLength < MAX_LINE) {
            line[lineLength] = b;
            lineLength++;
        }
    }

    private void keep(byte b) {
        if (filled == limit) {
            cut = true;
            return;
        }
        if (filled == text.length) {
            text = Arrays.copyOf(text, (int) Math.min(2L * filled + 1, limit));
        }
        text[filled] = b;
        filled++;
    }

    /** Takes the end of the text. */
    void finish() {
        if (lineLength > 0 || afterReturn) {
            lineEnds();
        }
        broken |= state == State.DATA || state == State.ZERO;
    }

    private void lineEnds() {
        switch (state) {
            case TEXT -> begin();
            case BEGUN, DATA -> inside();
            case ZERO -> afterZero();
        }
        lineAt = position;
        lineInText = filled;
        lineLength = 0;
    }

    private void begin() {
        int mode = BEGIN.length();
        int at = mode;
        while (at < lineLength && octal(line[at])) {
            at++;
        }
        boolean starts = startsWith(BEGIN) && (at == mode + 3 || at == mode + 4);
        if (!starts || at + 1 >= lineLength || line[at] != ' ') {
            return;
        }
        if (files.size() == mostFiles) {
            tooMany = true;
            return;
        }
        state = State.BEGUN;
        name = TextDecoder.decode(line, at + 1, lineLength, null).text();
        fileAt = lineAt;
        fileInText = lineInText;
        cutBefore = lineInText == limit;
        size = 0;
    }

    private void inside() {
        int count = lineLength == 0 ? 0 : (line[0] - ' ') & 63;
        if (isEnd() && state == State.DATA) {
            end();
        } else if (!digits()) {
            giveUp();
        } else if (count == 0 && lineLength <= 2) {
            state = State.ZERO;
        } else if (lineLength <= 1 + (count + 2) / 3 * 4 + 1) {
            size += count;
            state = State.DATA;
        } else {
            giveUp();
        }
    }

    private void afterZero() {
        if (isEnd()) {
            end();
        } else {
            giveUp();
        }
    }

    private void end() {
        files.add(new File(name, fileAt, position - fileAt, size));
        filled = fileInText;
        cut = cutBefore;
        state = State.TEXT;
    }

    /** It was text, or is damaged. Its last line may begin another file. */
    private void giveUp() {
        broken |= state != State.BEGUN;
        state = State.TEXT;
        begin();
    }

    private boolean digits() {
        if (lineLength > MAX_DATA_LINE) {
            return false;
        }
        for (int i = 0; i < lineLength; i++) {
            if (line[i] < ' ' || line[i] > '`') {
                return false;
            }
        }
        return true;
    }

    private boolean isEnd() {
        return startsWith("end") && lineLength <= 4 && (lineLength == 3 || line[3] == ' ');
    }

    private boolean startsWith(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (i >= lineLength || line[i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean octal(int c) {
        return c >= '0' && c <= '7';
    }

    /** {@return the text without the files} */
    byte[] text() {
        return Arrays.copyOf(text, filled);
    }

    List<File> files() {
        return files;
    }

    /** {@return whether more text stood there than is kept} */
    boolean cut() {
        return cut;
    }

    /** {@return whether something began as a file and did not end as one} */
    boolean broken() {
        return broken;
    }

    /** {@return whether there were more files than are taken out} */
    boolean tooMany() {
        return tooMany;
    }
}
