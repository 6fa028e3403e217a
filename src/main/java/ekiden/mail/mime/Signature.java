package ekiden.mail.mime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who signed a mail, or a part of it, with S/MIME (RFC 8551).
 *
 * @param addresses mail addresses in the signer's certificate; empty where it has none or there is no certificate
 * @param subject whom the certificate names, or null where there is none
 * @param valid whether the signature is that of the certificate's key over exactly these bytes
 * @param reason why it is not valid, otherwise null
 * @param whole whether it stands for all of the mail but its header: not for a part beside others, or of a mail inside
 * @param trusted whether the certificate is vouched for by the trust store that was given; null where none was
 */
public record Signature(
        List<String> addresses,
        @Nullable String subject,
        boolean valid,
        @Nullable Reason reason,
        boolean whole,
        @Nullable Boolean trusted) {
    /** Why a signature is not valid. */
    public enum Reason {
        /** The mail is not what was signed. */
        CHANGED,
        /** The certificate of the signer is not in the mail. */
        NO_CERTIFICATE,
        /** It was signed before or after the certificate was valid, or with a certificate that is not for signing mail. */
        NOT_FOR_THIS,
        /** It is of a kind that is not safe any more. */
        WEAK,
        /** It is damaged, or of a kind that is not known. */
        NOT_READABLE;

        /** {@return the word for it in JSON} */
        public String word() {
            return switch (this) {
                case CHANGED -> "changed";
                case NO_CERTIFICATE -> "no-certificate";
                case NOT_FOR_THIS -> "not-for-this";
                case WEAK -> "weak";
                case NOT_READABLE -> "not-readable";
            };
        }
    }

    /** Copies the list. */
    public Signature {
        addresses = List.copyOf(addresses);
    }

    /** {@return this one, for all of a mail} */
    Signature ofWhole() {
        return new Signature(addresses, subject, valid, reason, true, trusted);
    }

    /** A signature of which nothing can be told but that it cannot be checked. */
    public static final Signature NOT_READABLE =
            new Signature(List.of(), null, false, Reason.NOT_READABLE, false, null);
}
