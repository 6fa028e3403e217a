package ekiden.mail.mime;

/**
 * What one mail may ask for. A mail beyond a limit is unreadable, except where another word is given.
 *
 * @param mailBytes size of the raw mail
 * @param parts leaves of the MIME tree
 * @param nesting multiparts inside each other
 * @param headerBytes one header block
 * @param allHeaderBytes all header blocks together
 * @param headerFields fields of one header block
 * @param addresses of one header field
 * @param textBytes raw bytes that are decoded for the text; what is more is left out and told in the problems
 * @param nameChars characters of an attachment's name, subject or other decoded value; what is more is cut off
 */
public record MimeLimits(
        long mailBytes,
        int parts,
        int nesting,
        int headerBytes,
        long allHeaderBytes,
        int headerFields,
        int addresses,
        int textBytes,
        int nameChars) {
    /** What the product uses unless told otherwise. */
    public static final MimeLimits DEFAULT =
            new MimeLimits(4L << 30, 1000, 50, 256 << 10, 4 << 20, 1000, 10_000, 16 << 20, 8192);
}
