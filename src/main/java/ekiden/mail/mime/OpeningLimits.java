package ekiden.mail.mime;

/**
 * What may come out of the wrappings of one mail. Beyond a limit the rest stays wrapped, which is told; the mail stays readable.
 *
 * @param parts files out of uuencode, winmail.dat and messages, all together
 * @param depth messages inside each other that are opened
 * @param encodedBytes decoded size of a message that is encoded itself, and so has to be decoded anew for each of its parts
 */
public record OpeningLimits(int parts, int depth, long encodedBytes) {
    /** What the product uses unless told otherwise. */
    public static final OpeningLimits DEFAULT = new OpeningLimits(200, 10, 64 << 20);
}
