package ekiden.model.definition;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a mail can have beside recipients, subject, text and files. Values of the run stand in every text as {@code ${name}}.
 *
 * @param from the author in place of the profile's, or null
 * @param replyTo where answers go; empty for the author
 * @param html the body as HTML, or null
 * @param htmlFile a UTF-8 file that holds the body as HTML, or null
 * @param signatureFile a UTF-8 file that is set below the body, or null
 * @param importance as mail programs show it
 * @param attachList a UTF-8 file that names a file or glob a line to attach, relative to the run's folder as they are; or null
 * @param ifRefused what becomes of it where some recipients are refused, or null for what the profile says
 * @param endsAt when its job ends where the mail goes through a queue of this machine
 * @param onBounce the full name of the jobnet that is started when it comes back, or null
 * @param textTemplate a UTF-8 file that holds the body with holes for values of the run, or null
 * @param htmlTemplate the same as HTML, or null
 */
public record MailExtras(
        @Nullable String from,
        List<String> replyTo,
        @Nullable String html,
        @Nullable String htmlFile,
        @Nullable String signatureFile,
        Importance importance,
        @Nullable String attachList,
        @Nullable IfRefused ifRefused,
        EndsAt endsAt,
        @Nullable String onBounce,
        @Nullable String textTemplate,
        @Nullable String htmlTemplate) {
    /** Nothing beside. */
    public static final MailExtras NONE = new MailExtras(
            null, List.of(), null, null, null, Importance.NORMAL, null, null, EndsAt.LEFT, null, null, null);

    /** Copies the list. */
    public MailExtras {
        replyTo = List.copyOf(replyTo);
        importance = Objects.requireNonNullElse(importance, Importance.NORMAL);
        endsAt = Objects.requireNonNullElse(endsAt, EndsAt.LEFT);
    }

    /**
     * Without a list of files.
     *
     * @param from the author, or null
     * @param replyTo where answers go
     * @param html the body as HTML, or null
     * @param htmlFile a file that holds it, or null
     * @param signatureFile a file that is set below the body, or null
     * @param importance as mail programs show it
     */
    public MailExtras(
            @Nullable String from,
            List<String> replyTo,
            @Nullable String html,
            @Nullable String htmlFile,
            @Nullable String signatureFile,
            Importance importance) {
        this(from, replyTo, html, htmlFile, signatureFile, importance, null, null, EndsAt.LEFT, null, null, null);
    }

    /**
     * @param filled the body as HTML
     * @return the same with that
     */
    public MailExtras withHtml(String filled) {
        return new MailExtras(
                from,
                replyTo,
                filled,
                null,
                signatureFile,
                importance,
                attachList,
                ifRefused,
                endsAt,
                onBounce,
                textTemplate,
                null);
    }

    /**
     * {@return whether some get it where others are refused}
     *
     * @param profile what the profile says
     */
    public IfRefused ifRefusedOr(IfRefused profile) {
        return Objects.requireNonNullElse(ifRefused, profile);
    }

    /** When the job of a mail ends that goes through a queue of this machine. The names are the words of definitions. */
    public enum EndsAt {
        /** When it has left the queue for good, or bounced. */
        LEFT,
        /** As soon as it is in the queue. */
        QUEUED
    }

    /** How a mail program shows it. The names are the words of definitions. */
    public enum Importance {
        /** Marked. */
        HIGH,
        /** As every mail. */
        NORMAL,
        /** Marked as less. */
        LOW
    }
}
