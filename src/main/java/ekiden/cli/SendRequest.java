package ekiden.cli;

import ekiden.mail.profile.MailCharset;
import ekiden.model.definition.IfRefused;
import ekiden.model.definition.MailExtras;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code mail send} was asked for: one mail, or a batch.
 *
 * @param home the home whose profiles are meant, absolute
 * @param server through what it is sent
 * @param from the author, or null for the profile's
 * @param charset in which character set mails are written, or null for that of the profile's rule
 * @param ifRefused what becomes of mails that some recipients are refused, or null for what the profile says
 * @param mail the mail, or null where a batch is given
 * @param batch a file with a mail a line, or null where one mail is given
 * @param json whether the outcome is printed as JSON
 * @param language of messages
 */
public record SendRequest(
        Path home,
        MailServer server,
        @Nullable String from,
        @Nullable MailCharset charset,
        @Nullable IfRefused ifRefused,
        @Nullable Mail mail,
        @Nullable Batch batch,
        boolean json,
        Locale language) {
    /**
     * Many mails.
     *
     * @param file with a mail a line, absolute
     * @param connections at the same time, or 0 for as many as the profile has
     * @param resend whether mails are sent again of which it is not known whether they were delivered
     */
    public record Batch(Path file, int connections, boolean resend) {}

    /**
     * One mail.
     *
     * @param to recipients
     * @param cc copies
     * @param bcc blind copies
     * @param subject one line
     * @param text the body, or null where {@code textFile} is given
     * @param textFile a UTF-8 file with the body, absolute, or null
     * @param attach files, absolute
     * @param extras what it has besides, its files with absolute paths
     */
    public record Mail(
            List<String> to,
            List<String> cc,
            List<String> bcc,
            String subject,
            @Nullable String text,
            @Nullable Path textFile,
            List<Path> attach,
            MailExtras extras) {
        /** Copies the lists. */
        public Mail {
            to = List.copyOf(to);
            cc = List.copyOf(cc);
            bcc = List.copyOf(bcc);
            attach = List.copyOf(attach);
        }
    }
}
