package ekiden.mail.send.sendmail;

import ekiden.mail.send.MailContent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies a message into a file as a mail command wants it: lines end with LF alone, the last one too. Bytes that are right already go as they are. */
final class UnixCopy {
    private static final int PIECE = 64 * 1024;

    private UnixCopy() {}

    /** The message is not as long as it was said to be. */
    static final class Cut extends IOException {
        private static final long serialVersionUID = 1;

        Cut(long size, long found) {
            super("size " + size + ", found " + found);
        }
    }

    /** The message cannot be read; the cause says why. */
    static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        Unreadable(IOException cause) {
            super(cause);
        }
    }

    /**
     * @param file is there and empty
     * @throws Cut where fewer or more bytes came than the content said
     * @throws Unreadable where the content cannot be read
     * @throws IOException where the file cannot be written
     */
    static void write(MailContent content, Path file) throws IOException {
        long found = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), PIECE);
                InputStream in = open(content)) {
            byte[] piece = new byte[PIECE];
            int last = '\n';
            for (int count = read(in, piece); count >= 0; count = read(in, piece)) {
                found += count;
                last = put(piece, count, last, out);
            }
            if (last != '\n') {
                out.write('\n');
            }
        }
        if (found != content.size()) {
            throw new Cut(content.size(), found);
        }
    }

    private static InputStream open(MailContent content) throws Unreadable {
        try {
            return content.open();
        } catch (IOException absent) {
            throw new Unreadable(absent);
        }
    }

    private static int read(InputStream in, byte[] piece) throws Unreadable {
        try {
            return in.read(piece, 0, piece.length);
        } catch (IOException broken) {
            throw new Unreadable(broken);
        }
    }

    /** A CR waits for what follows it. {@return the last byte} */
    private static int put(byte[] bytes, int count, int before, OutputStream out) throws IOException {
        byte[] written = new byte[count + 1];
        int length = 0;
        int last = before;
        for (int i = 0; i < count; i++) {
            byte b = bytes[i];
            if (last == '\r' && b != '\n') {
                written[length++] = '\n';
            }
            if (b != '\r') {
                written[length++] = b;
            }
            last = b;
        }
        out.write(written, 0, length);
        return last;
    }
}
