package ekiden.mail.save;

import ekiden.model.definition.SaveOptions;
import ekiden.model.definition.SaveOptions.FileAccess;
import ekiden.model.mail.Taker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a save does beyond the files of the mail itself.
 *
 * @param names the values of the mail
 * @param attachmentName the names of attachments, or null for the declared ones
 * @param receptionList the file to which the mail is appended, absolute; or null
 * @param collision what is done where the folder is there already
 * @param access whose the files are, or null
 * @param checks what looks at attachments before they can be seen, in this order
 * @param taker who took the mail, or null where no job did
 * @param former whose folder it may replace, as the store knows it; null where nobody was asked: then it replaces none
 */
public record SaveExtras(
        SaveNames names,
        @Nullable NameTemplate attachmentName,
        @Nullable Path receptionList,
        SaveOptions.Collision collision,
        @Nullable FileAccess access,
        List<PartCheck> checks,
        @Nullable Taker taker,
        @Nullable Former former) {
    /** Copies the list. */
    public SaveExtras {
        checks = List.copyOf(checks);
    }

    /** Nothing more. */
    public static final SaveExtras NONE = new SaveExtras(
            new SaveNames(Map.of()), null, null, SaveOptions.Collision.UNIQUE, null, List.of(), null, null);
}
