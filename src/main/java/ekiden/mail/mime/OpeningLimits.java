package ekiden.mail.mime;

/**
 * What may come out of the wrappings of one mail. Beyond a limit the rest stays wrapped, which is told; the mail stays readable.
 *
 * @param parts files out of uuencode, winmail.dat, messages and S/MIME, all together
 * @param depth messages and wrappings of S/MIME inside each other that are opened
 * @param smimeBytes of a wrapping of S/MIME, and of a signature; they are held in memory while they are opened
 * @param encodedBytes decoded size of a message that is encoded itself, and so has to be decoded anew for each of its parts
 */
public record OpeningLimits(int parts, int depth, int smimeBytes, long encodedBytes) {
    /** What the product uses unless told otherwise. */
    public static final OpeningLimits DEFAULT = new OpeningLimits(200, 10, 16 << 20, 64 << 20);
}
