package ekiden.http;

import ekiden.mail.match.TestedMail;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.AttemptId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/** The bytes an agent keeps: raw mails in its spool, and what commands wrote, in the folders of their attempts. Safe from any thread. */
public interface StoredBytes {
    /** What a command wrote. */
    enum Output {
        /** Its standard output. */
        STDOUT,
        /** Its standard error. */
        STDERR
    }

    /** Some stored bytes. Belongs to one thread; the length may grow while a command writes. */
    interface Piece extends AutoCloseable {
        /**
         * @return how many bytes there are now
         * @throws IOException when that cannot be found out
         */
        long size() throws IOException;

        /**
         * @param offset from where
         * @param into filled with at least one byte where any are left
         * @return bytes read, or -1 at or behind the end
         * @throws IOException when they cannot be read
         */
        int readAt(long offset, ByteBuffer into) throws IOException;

        /**
         * @return how many bytes are missing in the middle, because a command wrote more than is kept
         * @throws IOException when that cannot be found out
         */
        default long leftOut() throws IOException {
            return 0;
        }

        @Override
        void close();
    }

    /**
     * @param mail a mail of the catalogue
     * @return its bytes, or empty where they are gone
     * @throws IOException when they cannot be read
     */
    Optional<Piece> mail(RawMail mail) throws IOException;

    /**
     * @param mailbox into which a mail of the catalogue came
     * @param mail its bytes
     * @param arrived when its server took it
     * @return what conditions see of it, or empty where its bytes are gone or cannot be read
     */
    default Optional<TestedMail> read(String mailbox, RawMail mail, Instant arrived) {
        return Optional.empty();
    }

    /**
     * @param mailbox the name of a profile
     * @return whose Authentication-Results are believed of its mails
     */
    default Optional<String> believed(String mailbox) {
        return Optional.empty();
    }

    /**
     * @param saved the files of a mail
     * @return whether the whole mail is among them and was not let go
     */
    boolean isThere(SavedMail saved);

    /** {@return how many bytes lie in the home, by kind} */
    Use use();

    /**
     * Bytes in a home.
     *
     * @param spool raw mails, those in quarantine with them
     * @param files saved files below the home
     * @param attempts what jobs were given and wrote
     * @param journal the database where it is a file of the home, and reports on their way
     * @param whole whether everything was counted; otherwise there is more
     */
    record Use(long spool, long files, long attempts, long journal, boolean whole) {}

    /**
     * @param saved the files of a mail
     * @return the whole mail, or empty where it was not kept or was let go
     */
    Optional<Piece> saved(SavedMail saved);

    /**
     * Removes the files of a mail, the whole mail last, so that what a crash leaves is removed by the next call.
     *
     * @param saved the files
     * @throws IOException when they cannot be removed
     */
    void remove(SavedMail saved) throws IOException;

    /**
     * @param attempt an attempt of a command job
     * @param output which of the two
     * @return what it wrote so far, or empty where there is nothing of that attempt
     * @throws IOException when it cannot be read
     */
    Optional<Piece> output(AttemptId attempt, Output output) throws IOException;
}
