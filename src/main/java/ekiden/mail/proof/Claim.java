package ekiden.mail.proof;

import ekiden.base.Result;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.Signature;
import ekiden.model.mail.Address;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is to be proved: that a mail is from its authors.
 *
 * @param authors of the mail
 * @param signatures by S/MIME that were checked while it was read
 * @param arrived when its server took it
 * @param bytes opens the mail; asked only for DKIM and DMARC, and what it gives is closed
 */
public record Claim(
        List<Address> authors, List<Signature> signatures, Instant arrived, Supplier<Result<RawSource>> bytes) {
    /** Copies the lists. */
    public Claim {
        authors = List.copyOf(authors);
        signatures = List.copyOf(signatures);
    }

    /**
     * @param message as it was read
     * @param arrived when its server took it
     * @param bytes opens the mail
     * @return the claim of a mail
     */
    public static Claim of(Message message, Instant arrived, Supplier<Result<RawSource>> bytes) {
        return new Claim(message.summary().from(), message.signatures(), arrived, bytes);
    }
}
