package ekiden.mail.send;

/**
 * How much goes into one mail.
 *
 * @param recipients most recipients, to, cc and bcc together, and most addresses that answers go to
 * @param attachments most attachments, also of one pattern
 * @param fieldChars longest subject, display name, file name or Message-ID
 * @param textChars longest body text, HTML and signature, each
 * @param attachmentBytes most bytes of all attachments together, before their encoding
 * @param lookedAt most files and folders that patterns may look at
 * @param depth deepest folder below a pattern's fixed part that {@code **} goes into
 */
public record ComposeLimits(
        int recipients, int attachments, int fieldChars, int textChars, long attachmentBytes, int lookedAt, int depth) {
    /** 1000 recipients, 1000 attachments, 4096 and 10 million characters, 2 GB, 100 000 files looked at, 32 folders deep. */
    public static final ComposeLimits DEFAULT = new ComposeLimits(1000, 1000, 4096, 10_000_000, 2L << 30, 100_000, 32);
}
