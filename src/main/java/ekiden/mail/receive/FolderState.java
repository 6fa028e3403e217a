package ekiden.mail.receive;

import java.util.Set;

/**
 * A folder when it was opened.
 *
 * @param name the folder's name as a person writes it
 * @param uidValidity under which its UIDs hold; 0 where the server has none, and then mails have no lasting identity
 * @param uidNext the next mail's UID at least, 0 where the server did not tell
 * @param exists mails in it
 * @param readOnly whether nothing can be changed in it
 * @param keywords whether new keywords can be set ({@code \*} in PERMANENTFLAGS)
 * @param permanentFlags what can be set for good
 */
public record FolderState(
        String name,
        long uidValidity,
        long uidNext,
        long exists,
        boolean readOnly,
        boolean keywords,
        Set<String> permanentFlags) {}
