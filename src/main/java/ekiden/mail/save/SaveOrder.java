package ekiden.mail.save;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * What is to be saved, and where.
 *
 * @param claim the id under which the mail was taken; saving again under the same one gives the same files
 * @param folder the parent of the mail's own folder, absolute; made where it is absent
 * @param folderName the name wished for the mail's own folder; cleaned, and numbered where another claim has it
 * @param bodyName the file name of the body text, or null for no such file
 * @param listName the file name of the attachment list, or null for no such file
 * @param mailName the file name of the whole mail as it arrived, or null for no such file
 * @param attachments whether attachments are saved; otherwise the list says {@code Files: 0}
 * @param received when the mail was received
 * @param zone in which that is written in the list
 * @param extras what is done beyond that
 */
public record SaveOrder(
        String claim,
        Path folder,
        String folderName,
        @Nullable String bodyName,
        @Nullable String listName,
        @Nullable String mailName,
        boolean attachments,
        Instant received,
        ZoneId zone,
        SaveExtras extras) {
    /** What the body text is called where nothing else is said. */
    public static final String BODY = "body.txt";

    /** What the attachment list is called where nothing else is said. */
    public static final String LIST = "attachments.list";

    /** Checks the folder. */
    public SaveOrder {
        if (!folder.isAbsolute()) {
            throw new IllegalArgumentException("not an absolute folder: " + folder);
        }
    }
}
