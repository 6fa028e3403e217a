package ekiden.mail.mime;

/**
 * What may come out of the wrappings of one mail. Beyond a limit the rest stays wrapped, which is told; the mail stays readable.
 *
 * @param parts files out of uuencode, winmail.dat, messages and S/MIME, all together
 * @param depth messages and wrappings of S/MIME inside each other that are opened
 * @param smimeBytes of a wrapping of S/MIME, and of a signature; they are held in memory while they are opened
 * @param wrappedBytes of all wrappings and signatures of S/MIME together, those inside others too: what is opened stays in memory while the mail is read
 * @param wrappings of S/MIME that are opened and signatures that are checked, together: each costs a computation with keys that the sender chose
 * @param signedBytes that signatures inside each other stand for, beyond the size of the mail: they are read again for each
 * @param encodedBytes decoded size of a message that is encoded itself, and so is decoded several times
 */
public record OpeningLimits(
        int parts, int depth, int smimeBytes, int wrappedBytes, int wrappings, long signedBytes, long encodedBytes) {
    /** What the product uses unless told otherwise. */
    public static final OpeningLimits DEFAULT = new OpeningLimits(200, 10, 16 << 20, 32 << 20, 20, 64 << 20, 64 << 20);
}
