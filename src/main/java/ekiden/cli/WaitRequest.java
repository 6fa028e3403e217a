package ekiden.cli;

import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code mail wait} was asked for.
 *
 * @param home the home whose profiles are meant, absolute
 * @param server the mailbox
 * @param state the folder of its receipts, absolute, or null for none that outlives the command
 * @param conditions which mails; all lists empty for any mail
 * @param save where files go, absolute, or null where nothing is saved
 * @param bodyName name of the body file, or null for the default
 * @param attachmentName template of attachment names, or null for the declared names
 * @param count after how many mails it ends, 1 or more
 * @param timeout how long it waits, or null for ever
 * @param after what is done with each mail in its mailbox
 * @param progress what stands in front of the progress of a large mail, asked for when there is one; null where it is not shown
 * @param language of messages
 */
public record WaitRequest(
        Path home,
        MailServer server,
        @Nullable Path state,
        Conditions conditions,
        @Nullable Path save,
        @Nullable String bodyName,
        @Nullable String attachmentName,
        int count,
        @Nullable Duration timeout,
        AfterReceive after,
        @Nullable Supplier<String> progress,
        Locale language) {}
