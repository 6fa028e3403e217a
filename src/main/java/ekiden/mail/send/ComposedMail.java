package ekiden.mail.send;

import ekiden.base.Problem;
import ekiden.disk.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that lies in a file, ready to be submitted as often as need be.
 *
 * @param file where it lies; not forced to disk, for it can be composed again
 * @param size its bytes
 * @param sender envelope sender
 * @param recipients envelope recipients, in order, without duplicates
 * @param messageId with angle brackets
 * @param form what a server must be able to carry
 * @param note what people should know of how it was written, or null
 */
public record ComposedMail(
        Path file,
        long size,
        String sender,
        List<String> recipients,
        String messageId,
        OutgoingMail.Form form,
        @Nullable Problem note) {
    /** Copies the recipients. */
    public ComposedMail {
        recipients = List.copyOf(recipients);
    }

    /**
     * @param disk where the file lies
     * @return what a {@link MailSender} takes
     */
    public OutgoingMail outgoing(Disk disk) {
        return outgoing(disk, recipients);
    }

    /**
     * The same mail to fewer people, as for those who were put off before.
     *
     * @param disk where the file lies
     * @param some who shall get it
     * @return what a {@link MailSender} takes
     */
    public OutgoingMail outgoing(Disk disk, List<String> some) {
        return new OutgoingMail(sender, some, messageId, form, new MailContent() {
            @Override
            public InputStream open() throws IOException {
                return disk.read(file);
            }

            @Override
            public long size() {
                return size;
            }
        });
    }
}
