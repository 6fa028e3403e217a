package ekiden.mail.proof;

import ekiden.base.Result;
import ekiden.mail.match.Prover;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.RawSource;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** By what the mails of a mailbox are opened and verified, as the settings of its profile say at this moment. Implementations are safe from any thread. */
@FunctionalInterface
public interface MailTrust {
    /**
     * @param mailbox the name of its profile
     * @return by what; equal for mailboxes that have it in common
     */
    Means of(String mailbox);

    /** For one mailbox, or several. */
    interface Means {
        /** {@return what is opened of a mail; or why that cannot be said now, a retryable problem} */
        Result<Opening> opening();

        /**
         * @param message a mail that was opened so
         * @param arrived when its server took it
         * @param bytes opens the mail once more
         * @return verifies it, or null where nothing can
         */
        @Nullable
        Prover prover(Message message, Instant arrived, Supplier<Result<RawSource>> bytes);
    }

    /**
     * @param opening what is opened of all mails
     * @return that, and nothing is verified
     */
    static MailTrust only(Opening opening) {
        Means same = new Means() {
            @Override
            public Result<Opening> opening() {
                return Result.ok(opening);
            }

            @Override
            public @Nullable Prover prover(Message message, Instant arrived, Supplier<Result<RawSource>> bytes) {
                return null;
            }
        };
        return mailbox -> same;
    }
}
