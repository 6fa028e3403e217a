package ekiden.model.definition;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sends a mail (JP1: mail-sending job). Values of the run stand in every text as {@code ${name}}.
 *
 * @param profile the mail profile that sends
 * @param to recipients
 * @param cc copies
 * @param bcc blind copies, in no header
 * @param subject one line
 * @param text the body, or null where {@code textFile} is given
 * @param textFile a UTF-8 file that holds the body, or null
 * @param attach files and globs, relative to the run's folder or absolute; a glob that matches nothing ends the job abnormally
 * @param extras what it has besides; then {@code text} and {@code textFile} may both be null
 */
public record SendMail(
        String profile,
        List<String> to,
        List<String> cc,
        List<String> bcc,
        String subject,
        @Nullable String text,
        @Nullable String textFile,
        List<String> attach,
        MailExtras extras)
        implements Work {
    /** Copies the lists. */
    public SendMail {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        attach = List.copyOf(attach);
        extras = Objects.requireNonNullElse(extras, MailExtras.NONE);
    }
}
