package ekiden.mail.mime;

/**
 * A leaf of the MIME tree as the scan found it.
 *
 * @param header its header; for a mail of one part the mail's own
 * @param content its Content-Type
 * @param encoding how its bytes are encoded
 * @param offset where its body begins in the mail
 * @param length of its body, encoded
 * @param size of its body, decoded
 */
record Leaf(HeaderBlock header, ContentType content, TransferEncoding encoding, long offset, long length, long size) {}
