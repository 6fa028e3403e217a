package ekiden.mail.profile;

import ekiden.model.definition.Retention;
import org.jspecify.annotations.Nullable;

/**
 * A named mailbox and a way to send; at least one of the two.
 *
 * @param name unique in the settings: 1 to 64 letters, digits, {@code - _ .}
 * @param receive where mail comes from, or null where it cannot receive
 * @param send through what it sends, or null where it cannot
 * @param authserv the name of the server whose Authentication-Results fields are believed (RFC 8601 §2.5), or null for none
 * @param verification by what its mails are opened and verified
 * @param sending how its mails are sent
 * @param retention when saved files of its jobs may go where a job does not say, or null for never
 */
public record MailProfile(
        String name,
        @Nullable Receive receive,
        @Nullable Send send,
        @Nullable String authserv,
        Verification verification,
        SendRules sending,
        @Nullable Retention retention) {}
