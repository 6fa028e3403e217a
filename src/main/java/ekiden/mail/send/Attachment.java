package ekiden.mail.send;

import java.nio.file.Path;

/**
 * A file to attach.
 *
 * @param file where it lies, absolute
 * @param name what the receiver sees, without folder
 * @param type media type, for example {@code application/pdf}
 */
public record Attachment(Path file, String name, String type) {
    /**
     * A file under its own name, its type by the name's ending.
     *
     * @param file where it lies
     * @return the attachment
     */
    public static Attachment of(Path file) {
        String name = String.valueOf(file.getFileName());
        return new Attachment(file, name, MediaTypes.of(name));
    }
}
