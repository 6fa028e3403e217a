package ekiden.model.definition;

import org.jspecify.annotations.Nullable;

/**
 * What is done in the mailbox with a mail that was taken. Carried out in this order: keyword and read together, then
 * move; delete beats move.
 *
 * @param read mark it read
 * @param keyword set this keyword, or null
 * @param moveTo move it to this folder, or null
 * @param delete remove it
 */
public record AfterReceive(
        boolean read, @Nullable String keyword, @Nullable String moveTo, boolean delete) {
    /** Mark it read. */
    public static final AfterReceive READ = new AfterReceive(true, null, null, false);

    /** Leave it as it is. */
    public static final AfterReceive NONE = new AfterReceive(false, null, null, false);
}
