package ekiden.model.definition;

import org.jspecify.annotations.Nullable;

/**
 * What is saved of a mail that was taken. Names, and each name of a path, are {@linkplain NamePattern patterns}.
 *
 * @param to the folder below the jobnet's files folder in the home, or an absolute one, in which one folder per mail is made;
 *     null for the default ({@code mail})
 * @param bodyName the file name of the body text; null for {@code body.txt}
 * @param listName the file name of the attachment list (JP1 mlafl); null for {@code attachments.list}
 * @param mailName the file name of the whole mail as it arrived; null where it is not saved
 * @param attachments whether attachments are saved; the list says {@code Files: 0} otherwise (JP1)
 * @param options how; null for {@link SaveOptions#DEFAULT}, which is never written out
 */
public record SaveRule(
        @Nullable String to,
        @Nullable String bodyName,
        @Nullable String listName,
        @Nullable String mailName,
        boolean attachments,
        @Nullable SaveOptions options) {
    /** All of it, at the default places. */
    public static final SaveRule DEFAULT = new SaveRule(null, null, null, null, true, null);

    /** {@return how, with the defaults} */
    public SaveOptions how() {
        return options == null ? SaveOptions.DEFAULT : options;
    }
}
