package ekiden.mail.save;

import ekiden.base.Problem;
import ekiden.base.Result;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Looks at an attachment that is written and that no job can see yet. Safe from any thread for different mails. */
public interface PartCheck {
    /**
     * What is known of an attachment.
     *
     * @param name as the mail declares it; may be hostile
     * @param savedName the file name it is to have
     * @param type media type in lower case
     * @param size bytes
     * @param sha256 of them
     */
    record Facts(String name, String savedName, String type, long size, String sha256) {}

    /** What became of an attachment. */
    sealed interface Verdict {}

    /** It may be saved as its file is now. */
    record Fine() implements Verdict {}

    /**
     * It may be saved as it came, and the manifest tells why that is worth to know.
     *
     * @param problem why
     */
    record AsItCame(Problem problem) implements Verdict {}

    /**
     * It must not be saved.
     *
     * @param problem why
     */
    record NotSaved(Problem problem) implements Verdict {}

    /** {@return whether it may change the file: then it gets a copy} */
    boolean changes();

    /**
     * Asked where this {@link #changes} and what it has left in the mail's folder cannot be taken.
     *
     * @param how what is wrong
     * @param copyOnly whether only the copy is: the attachment is still there as it came
     * @return what is to become of the attachment; or why the whole mail is not saved
     */
    default Result<Verdict> unusable(String how, boolean copyOnly) {
        return Result.failed(SaveMessage.FILTER_FAILED, "program", "-", "reason", how);
    }

    /**
     * Asked before anything of a mail with attachments is written.
     *
     * @return why the mail would have to wait, or null
     */
    default @Nullable Problem away() {
        return null;
    }

    /**
     * @param file the attachment, or a copy of it where this {@link #changes}
     * @param facts what is known of it
     * @return the verdict; or why the whole mail is not saved, now or ever
     */
    Result<Verdict> check(Path file, Facts facts);
}
