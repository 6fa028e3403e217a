package ekiden.model.mail;

/**
 * An attachment as the catalogue knows it.
 *
 * @param name decoded, as declared (may be hostile; never used as a path)
 * @param type media type in lower case, for example {@code application/pdf}
 * @param size decoded bytes
 */
public record AttachmentSummary(String name, String type, long size) {}
