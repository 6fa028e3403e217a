package ekiden.model.mail;

/**
 * Where the bytes of a mail lie in the agent's spool.
 *
 * @param place the name of the spool entry, unique within one agent; safe as a file name
 * @param size bytes
 * @param sha256 of the bytes, 64 hexadecimal digits in lower case
 */
public record RawMail(String place, long size, String sha256) {}
