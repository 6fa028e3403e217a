package ekiden.mail.send.smtp;

/**
 * How much to take from a server, and to give to it at once.
 *
 * @param replyLineBytes longest line of a reply (RFC 5321 §4.5.3.1.5 asks for 512)
 * @param replyLines most lines of a reply
 * @param recipients most recipients of one mail
 * @param pipelined most commands on their way without an answer
 * @param addresses most addresses of a host that are tried
 * @param chunkBytes most bytes of one BDAT (RFC 3030), which is used for mails that have more: any other is an answer faster by DATA
 */
public record SmtpLimits(
        int replyLineBytes, int replyLines, int recipients, int pipelined, int addresses, int chunkBytes) {
    /** 4096 bytes, 100 lines, 1000 recipients, 50 commands, 4 addresses, 256 KiB. */
    public static final SmtpLimits DEFAULT = new SmtpLimits(4096, 100, 1000, 50, 4, 256 * 1024);
}
