package ekiden.mail.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The text of text attachments, for whoever looks for words in them. */
public final class AttachedText {
    private AttachedText() {}

    /** Enough was read. */
    private static final class Enough extends IOException {
        private static final long serialVersionUID = 1;
    }

    /**
     * The text of all attachments whose type is {@code text/…}, one after the other, each ended by a line break.
     *
     * @param message the mail
     * @param raw its bytes
     * @param limits of which {@link MimeLimits#textBytes} bounds the bytes that are decoded; what is more is left out
     * @return lines ended by LF; empty where there are none
     * @throws IOException when the bytes cannot be read
     */
    public static String of(Message message, RawSource raw, MimeLimits limits) throws IOException {
        StringBuilder text = new StringBuilder();
        int left = limits.textBytes();
        for (Part part : message.attachments()) {
            if (part.summary().type().startsWith("text/") && left > 0) {
                byte[] bytes = bytes(part, raw, left);
                left -= bytes.length;
                String decoded = TextDecoder.decode(bytes, 0, bytes.length, part.charset())
                        .text();
                text.append(BodyText.lines(decoded)).append('\n');
            }
        }
        return text.toString();
    }

    private static byte[] bytes(Part part, RawSource raw, int most) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        try {
            part.copyTo(raw, (from, at, length) -> {
                kept.write(from, at, Math.min(length, most - kept.size()));
                if (kept.size() >= most) {
                    throw new Enough();
                }
            });
        } catch (Enough full) {
            return kept.toByteArray();
        }
        return kept.toByteArray();
    }
}
