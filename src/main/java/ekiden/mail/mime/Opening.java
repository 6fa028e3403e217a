package ekiden.mail.mime;

import org.jspecify.annotations.Nullable;

/**
 * What is opened of a mail beyond the tree of its parts.
 *
 * @param wrappings whether text is made of HTML and of flowed lines, files come out of uuencode and winmail.dat, and a calendar without a name gets
 *     one; where not, all of it stays as it was sent
 * @param messages whether messages inside the mail (message/rfc822) are opened: each stays an attachment, and its own attachments follow it
 * @param smime opens S/MIME and checks its signatures, or null where that stays as it is
 * @param limits how much may come out
 */
public record Opening(
        boolean wrappings, boolean messages, @Nullable Smime smime, OpeningLimits limits) {
    /** What the product does unless told otherwise. */
    public static final Opening USUAL = new Opening(true, false, null, OpeningLimits.DEFAULT);

    /**
     * @param opener opens S/MIME
     * @return what the product does, with that
     */
    public static Opening with(Smime opener) {
        return new Opening(true, false, opener, OpeningLimits.DEFAULT);
    }

    /** Nothing is opened. */
    public static final Opening AS_SENT = new Opening(false, false, null, OpeningLimits.DEFAULT);
}
