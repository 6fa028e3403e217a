package ekiden.mail.mime;

import ekiden.base.Ascii;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects the text of a mail from its leaves, up to a limit. */
final class BodyText {
    private static final int META_BYTES = 2048;
    /** What is more of an RTF body is pictures, and it is held several times. */
    private static final int RTF_BYTES = 8 << 20;

    private static final String PGP = "-----BEGIN PGP ";

    private final RawSource raw;
    private final Set<MimeMessage> oddities;
    private final StringBuilder text = new StringBuilder();
    private String only = "";
    private int left;
    /** Whether text of the leaves before was left out. */
    private boolean cutBefore;

    BodyText(RawSource raw, int limit, Set<MimeMessage> oddities) {
        this.raw = raw;
        this.left = limit;
        this.oddities = oddities;
    }

    /** Adds the text of a leaf as it was sent. */
    void plain(Contents.Where leaf) throws IOException {
        add(asSent(bytes(leaf), leaf));
    }

    /**
     * Adds the text of a leaf with what is wrapped in it opened.
     *
     * @param mostFiles how many files are taken out of it
     * @return files that stood in the text in uuencode
     */
    List<UuText.File> opened(Contents.Where leaf, int mostFiles) throws IOException {
        int budget = left;
        String sent = asSent(bytes(leaf), leaf);
        List<UuText.File> files = List.of();
        if (UuText.mayBeIn(sent)) {
            UuText around = new UuText(budget, mostFiles);
            leaf.place().copyTo(raw, around);
            around.finish();
            files = around.files();
            note(around);
            left = budget - around.text().length;
            sent = files.isEmpty() ? sent : asSent(around.text(), leaf);
        }
        Parameters parameters = leaf.leaf().content().parameters();
        boolean flowed = parameters.getOr("format", "").equalsIgnoreCase("flowed");
        add(flowed ? FlowedText.of(sent, parameters.getOr("delsp", "").equalsIgnoreCase("yes")) : sent);
        return files;
    }

    private void note(UuText around) {
        if (around.broken()) {
            oddities.add(MimeMessage.UUENCODE_BROKEN);
        }
        if (around.tooMany()) {
            oddities.add(MimeMessage.TOO_MUCH_WRAPPED);
        }
        if (!around.files().isEmpty() && !around.cut() && !cutBefore) {
            oddities.remove(MimeMessage.TEXT_CUT);
        }
    }

    private String asSent(byte[] bytes, Contents.Where leaf) {
        return lines(decoded(bytes, leaf.leaf().content().charset()));
    }

    void html(Contents.Where leaf) throws IOException {
        byte[] bytes = bytes(leaf);
        String charset = leaf.leaf().content().charset();
        String inside = declaredInside(bytes);
        add(HtmlText.of(decoded(bytes, charset == null ? inside : charset, inside)));
    }

    /** {@return the body of a winmail.dat: its text, or else that of its HTML, or else that of its RTF} */
    String ofWinmail(Tnef.Found found) throws IOException {
        Tnef.Piece plain = found.text();
        String made = plain == null
                ? ""
                : lines(ofWinmail(bytes(plain.place(), plain.place().length()), plain.charset()));
        Tnef.Piece html = made.isBlank() ? found.html() : null;
        if (html != null) {
            byte[] bytes = bytes(html.place(), html.place().length());
            String inside = declaredInside(bytes);
            made = HtmlText.of(decoded(bytes, html.charset() == null ? inside : html.charset(), inside));
        }
        Tnef.Piece rtf = made.isBlank() ? found.rtf() : null;
        if (rtf != null) {
            byte[] unpacked = Lzfu.unpacked(bytes(rtf.place(), rtf.place().length()), Math.min(left, RTF_BYTES));
            made = unpacked == null ? "" : RtfText.of(unpacked);
        }
        int end = made.indexOf('\0');
        return end < 0 ? made : made.substring(0, end);
    }

    private String ofWinmail(byte[] bytes, @Nullable String charset) {
        return decoded(Tnef.WIDE.equals(charset) ? bytes : Arrays.copyOf(bytes, Tnef.beforeZero(bytes)), charset);
    }

    String text() {
        return text.isEmpty() ? only : text.append(only).toString();
    }

    private void add(String more) {
        notePgp(more);
        if (!only.isEmpty()) {
            text.append(only);
            if (text.charAt(text.length() - 1) != '\n') {
                text.append('\n');
            }
        }
        only = more;
    }

    /** Armour of PGP (RFC 9580 §6.2) at the beginning of a line. */
    private void notePgp(String more) {
        int at = more.indexOf(PGP);
        while (at >= 0) {
            boolean first = at == 0 || more.charAt(at - 1) == '\n';
            if (first && more.startsWith("MESSAGE-----", at + PGP.length())) {
                oddities.add(MimeMessage.PGP_ENCRYPTED);
            } else if (first && more.startsWith("SIGNED MESSAGE-----", at + PGP.length())) {
                oddities.add(MimeMessage.PGP_SIGNED);
            }
            at = more.indexOf(PGP, at + PGP.length());
        }
    }

    private byte[] bytes(Contents.Where leaf) throws IOException {
        return bytes(leaf.place(), leaf.leaf().size());
    }

    private byte[] bytes(Place place, long size) throws IOException {
        int wanted = (int) Math.min(left, size);
        cutBefore = oddities.contains(MimeMessage.TEXT_CUT);
        if (wanted < size) {
            oddities.add(MimeMessage.TEXT_CUT);
        }
        left -= wanted;
        Kept kept = new Kept(wanted);
        try {
            place.copyTo(raw, kept);
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
        String head =
                Ascii.lower(new String(bytes, 0, Math.min(bytes.length, META_BYTES), StandardCharsets.ISO_8859_1));
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
