package ekiden.mail.mime;

import java.io.IOException;

/** Takes decoded bytes piece by piece. */
@FunctionalInterface
public interface Sink {
    /**
     * @param bytes a buffer that is used again after the call
     * @param from the first byte
     * @param length how many
     * @throws IOException when they cannot be taken
     */
    void write(byte[] bytes, int from, int length) throws IOException;
}
