package ekiden.mail.send;

import ekiden.base.Result;
import ekiden.model.definition.MailExtras;
import ekiden.model.mail.Address;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what a definition, a command or a line of a batch says besides what a draft has besides. The caller reads the files, because it has its own
 * limits and words for them. Safe from any thread.
 */
public final class DraftExtras {
    private final MailExtras extras;
    private final Function<Path, Result<String>> files;

    /**
     * @param extras as said
     * @param files reads the text of a file, or says why it cannot be had
     */
    public DraftExtras(MailExtras extras, Function<Path, Result<String>> files) {
        this.extras = extras;
        this.files = files;
    }

    /**
     * @param usual the author where no other one is named
     * @return the author, or a problem of {@link ComposeMessage}
     */
    public Result<Address> author(Address usual) {
        String from = extras.from();
        return from == null ? Result.ok(usual) : MailAddresses.parse(from);
    }

    /**
     * @param text as given, or null
     * @param file with the text, where it is not given; or null
     * @return the text, empty where there is neither
     */
    public Result<String> text(@Nullable String text, @Nullable String file) {
        if (text != null || file == null) {
            return Result.ok(text == null ? "" : text);
        }
        return files.apply(Path.of(file));
    }

    /** {@return the rest, its files read} */
    public Result<MailDraft.Options> options() {
        return MailAddresses.all(extras.replyTo())
                .then(replyTo -> text(extras.html(), extras.htmlFile())
                        .then(html -> text(null, extras.signatureFile())
                                .then(signature -> Result.ok(new MailDraft.Options(
                                        replyTo, orNull(html), orNull(signature), extras.importance())))));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
