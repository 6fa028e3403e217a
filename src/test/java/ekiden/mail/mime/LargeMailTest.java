package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.AttachmentSummary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LargeMailTest {
    private static final int LINES = 5_000_000;

    /** A mail that exists only as far as it is looked at: one attachment of many equal lines. */
    private static final class Repeated implements RawSource {
        private static final byte[] HEAD = """
                From: a@b
                Content-Type: multipart/mixed; boundary=b

                --b

                hi
                --b
                Content-Type: video/mp4; name=a.mp4
                Content-Transfer-Encoding: base64

                """.getBytes(StandardCharsets.US_ASCII);
        private static final byte[] LINE = ("QUJD".repeat(18) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        private static final byte[] TAIL = "--b--\r\n".getBytes(StandardCharsets.US_ASCII);

        @Override
        public long size() {
            return HEAD.length + (long) LINES * LINE.length + TAIL.length;
        }

        @Override
        public int readAt(long offset, ByteBuffer into) {
            long at = offset;
            while (into.hasRemaining() && at < size()) {
                long line = (at - HEAD.length) / LINE.length;
                byte[] piece = at < HEAD.length ? HEAD : line < LINES ? LINE : TAIL;
                long start = at < HEAD.length ? 0 : HEAD.length + line * LINE.length;
                int from = (int) (at - start);
                int count = Math.min(into.remaining(), piece.length - from);
                into.put(piece, from, count);
                at += count;
            }
            return (int) (at - offset);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @Test
    void attachmentLargerThanTheHeapAllowsIsPassedOnPieceByPiece() throws IOException {
        Repeated raw = new Repeated();
        Reading reading = MessageReader.readOrThrow(raw, MimeLimits.DEFAULT, Opening.USUAL);
        Message message = ((Reading.Readable) reading).message();
        assertThat(message.text()).isEqualTo("hi");
        assertThat(message.summary().attachments())
                .containsExactly(new AttachmentSummary("a.mp4", "video/mp4", 54L * LINES));
        long[] seen = new long[2];
        message.attachments().getFirst().copyTo(raw, (bytes, from, length) -> {
            seen[0] += length;
            seen[1] = Math.max(seen[1], length);
        });
        assertThat(seen[0]).isEqualTo(54L * LINES);
        assertThat(seen[1]).isLessThanOrEqualTo(64 * 1024);
    }
}
