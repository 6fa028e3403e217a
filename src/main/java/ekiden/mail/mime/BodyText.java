package ekiden.mail.mime;

import ekiden.model.mail.AttachmentSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the text of a mail from its leaves, up to a limit. */
final class BodyText {
    private static final int META_BYTES = 2048;

    private final RawSource raw;
    private final Set<MimeMessage> oddities;
    private final StringBuilder text = new StringBuilder();
    private String only = "";
    private int left;

    BodyText(RawSource raw, int limit, Set<MimeMessage> oddities) {
        this.raw = raw;
        this.left = limit;
        this.oddities = oddities;
    }

    void plain(Leaf leaf) throws IOException {
        byte[] bytes = bytes(leaf);
        add(lines(decoded(bytes, leaf.content().charset())));
    }

    void html(Leaf leaf) throws IOException {
        byte[] bytes = bytes(leaf);
        String charset = leaf.content().charset();
        String inside = declaredInside(bytes);
        add(HtmlText.of(decoded(bytes, charset == null ? inside : charset, inside)));
    }

    String text() {
        return text.isEmpty() ? only : text.append(only).toString();
    }

    private void add(String more) {
        if (!only.isEmpty()) {
            text.append(only);
            if (text.charAt(text.length() - 1) != '\n') {
                text.append('\n');
            }
        }
        only = more;
    }

    private byte[] bytes(Leaf leaf) throws IOException {
        int wanted = (int) Math.min(left, leaf.size());
        if (wanted < leaf.size()) {
            oddities.add(MimeMessage.TEXT_CUT);
        }
        left -= wanted;
        Kept kept = new Kept(wanted);
        try {
            new Part(new AttachmentSummary("", "", 0), leaf.offset(), leaf.length(), leaf.encoding()).copyTo(raw, kept);
        } catch (Enough full) {
            return kept.bytes;
        }
        return kept.filled == kept.bytes.length ? kept.bytes : Arrays.copyOf(kept.bytes, kept.filled);
    }

    private static final class Enough extends IOException {
        private static final long serialVersionUID = 1;
    }

    private static final class Kept implements Sink {
        private final byte[] bytes;
        private int filled;

        Kept(int wanted) {
            this.bytes = new byte[wanted];
        }

        @Override
        public void write(byte[] from, int at, int length) throws IOException {
            int taken = Math.min(length, bytes.length - filled);
            System.arraycopy(from, at, bytes, filled, taken);
            filled += taken;
            if (taken < length) {
                throw new Enough();
            }
        }
    }

    private String decoded(byte[] bytes, @Nullable String charset) {
        return decoded(bytes, charset, null);
    }

    private String decoded(byte[] bytes, @Nullable String charset, @Nullable String hint) {
        TextCodec hinted = hint == null ? null : Charsets.find(hint);
        TextDecoder.Decoded decoded = TextDecoder.decode(bytes, 0, bytes.length, charset, hinted);
        if (decoded.oddity() != null) {
            oddities.add(decoded.oddity());
        }
        String whole = decoded.text();
        return whole.startsWith("\ufeff") ? whole.substring(1) : whole;
    }

    /** Every kind of line break becomes LF. */
    static String lines(String text) {
        int at = text.indexOf('\r');
        if (at < 0) {
            return text;
        }
        StringBuilder lines = new StringBuilder(text.length());
        int from = 0;
        while (at >= 0) {
            lines.append(text, from, at).append('\n');
            from = at + 1 < text.length() && text.charAt(at + 1) == '\n' ? at + 2 : at + 1;
            at = text.indexOf('\r', from);
        }
        return lines.append(text, from, text.length()).toString();
    }

    /** The character set that HTML declares in itself. */
    private static @Nullable String declaredInside(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, META_BYTES), StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT);
        int at = head.indexOf("<meta");
        int charset = at < 0 ? -1 : head.indexOf("charset=", at);
        if (charset < 0) {
            return null;
        }
        int from = charset + "charset=".length();
        while (from < head.length()
                && (head.charAt(from) == '"' || head.charAt(from) == '\'' || head.charAt(from) == ' ')) {
            from++;
        }
        int to = from;
        while (to < head.length() && "\"' />;".indexOf(head.charAt(to)) < 0) {
            to++;
        }
        return head.substring(from, to);
    }
}
