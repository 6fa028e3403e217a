package ekiden.mail.receive.imap;

/**
 * How much to take from a server, and to ask of it at once.
 *
 * @param lineBytes longest answer without its literals and without the numbers of a search
 * @param textBytes longest literal that is held in memory (names of folders, ID)
 * @param headerBytes of a mail's header that are kept; the rest is read and dropped
 * @param nesting deepest list in a list
 * @param answers most answers to one command
 * @param hits most mails in the answer to a search
 * @param ranges most ranges of UIDs in a row among these, which is what takes memory
 * @param commandBytes longest command
 * @param lookAtOnce most mails in one command that looks
 * @param pipelined most fetches on their way
 * @param bufferBytes largest buffer of a connection, while bodies flow
 * @param folders most folders in a list
 * @param addresses most addresses of a host that are tried
 */
public record ImapLimits(
        int lineBytes,
        int textBytes,
        int headerBytes,
        int nesting,
        int answers,
        long hits,
        int ranges,
        int commandBytes,
        int lookAtOnce,
        int pipelined,
        int bufferBytes,
        int folders,
        int addresses) {
    /** See docs/limits.md. */
    public static final ImapLimits DEFAULT = new ImapLimits(
            64 * 1024, 64 * 1024, 256 * 1024, 32, 2_000_000, 10_000_000, 200_000, 8000, 500, 3, 256 * 1024, 10_000, 4);
}
