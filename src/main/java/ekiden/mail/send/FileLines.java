package ekiden.mail.send;

import java.nio.ByteBuffer;

/** Makes CRLF, which may be torn between two blocks, LF. Belongs to one thread. */
final class FileLines {
    private boolean returned;

    ByteBuffer of(byte[] block, int count) {
        ByteBuffer lines = ByteBuffer.allocate(2 * count);
        for (int i = 0; i < count; i++) {
            if (returned && block[i] != '\n') {
                lines.put((byte) '\r');
            }
            returned = block[i] == '\r';
            if (!returned) {
                lines.put(block[i]);
            }
        }
        return lines.flip();
    }
}
