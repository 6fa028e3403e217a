package ekiden.mail.mime;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** What can be wrong or odd about a mail. The first eleven make it unreadable, the others are told beside what was read. */
public enum MimeMessage implements MessageId {
    /** {@code size}, {@code limit}. */
    TOO_LARGE("EKDM0200-E", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** {@code limit}. */
    TOO_MANY_PARTS("EKDM0201-E", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** {@code limit}. */
    TOO_DEEP("EKDM0202-E", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** {@code limit}, {@code offset}. */
    HEADER_TOO_LONG("EKDM0203-E", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** {@code limit}, {@code offset}. */
    TOO_MANY_FIELDS("EKDM0204-E", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** {@code limit}, {@code field}. */
    TOO_MANY_ADDRESSES("EKDM0205-E", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** {@code limit}. */
    HEADERS_TOO_LONG("EKDM0206-E", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** {@code reason}. */
    BYTES_NOT_READABLE("EKDM0208-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** The process has too little memory for it. */
    NO_MEMORY("EKDM0680-E", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** {@code reason}: a bug of ours, contained. */
    READER_FAILED("EKDM0209-E", Kind.PERMANENT, ExitCode.BAD_MAIL),

    /** ISO-2022-JP that lost its escape characters; read by what is left of them. */
    ESCAPES_LOST("EKDM0210-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A character set nobody knows; guessed. */
    CHARSET_UNKNOWN("EKDM0220-W", Kind.INFORMATION, ExitCode.WARNING),
    /** The bytes are not in the declared character set; guessed. */
    CHARSET_LIES("EKDM0221-W", Kind.INFORMATION, ExitCode.WARNING),
    /** 8-bit or escaped text without a declared character set; guessed. */
    CHARSET_MISSING("EKDM0222-I", Kind.INFORMATION, ExitCode.DONE),
    /** Some bytes are characters in no way that was tried. */
    NOT_DECODABLE("EKDM0223-W", Kind.INFORMATION, ExitCode.WARNING),
    /** The text was longer than what is kept. */
    TEXT_CUT("EKDM0224-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A Date header that is no date. */
    DATE_NOT_READABLE("EKDM0225-W", Kind.INFORMATION, ExitCode.WARNING),
    /** No author. */
    FROM_MISSING("EKDM0226-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A multipart whose boundary never comes; its content is kept as one part. */
    BOUNDARY_MISSING("EKDM0227-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A multipart with a wrong boundary; the one that is used in it was found. */
    BOUNDARY_GUESSED("EKDM0228-W", Kind.INFORMATION, ExitCode.WARNING),
    /** The mail ends before its last part does: perhaps it was cut. */
    PART_NOT_CLOSED("EKDM0229-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A header with bytes that are not ASCII and not UTF-8. */
    RAW_HEADER("EKDM0230-I", Kind.INFORMATION, ExitCode.DONE),
    /** A line in the header that is none. */
    HEADER_JUNK("EKDM0231-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A name or subject was longer than what is kept. */
    VALUE_CUT("EKDM0232-W", Kind.INFORMATION, ExitCode.WARNING),
    /** No header at all. */
    HEADER_MISSING("EKDM0233-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A file name or other parameter that is sent in numbered pieces lacks one. */
    PIECE_MISSING("EKDM0240-W", Kind.INFORMATION, ExitCode.WARNING),

    /** A piece of a mail that was sent in several (RFC 2046 §5.2.2). */
    ONE_PIECE_OF_A_MAIL("EKDM0250-W", Kind.INFORMATION, ExitCode.WARNING),
    /** Something began as a file in uuencode and did not end as one; it stays text. */
    UUENCODE_BROKEN("EKDM0251-W", Kind.INFORMATION, ExitCode.WARNING),
    /** More things in wrappings than are taken out; the others stay as they are. */
    TOO_MUCH_WRAPPED("EKDM0252-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A winmail.dat that is damaged or none; it stays beside what was found in it. */
    WINMAIL_BROKEN("EKDM0253-W", Kind.INFORMATION, ExitCode.WARNING),
    /** Encrypted with PGP: nothing of it can be read here. */
    PGP_ENCRYPTED("EKDM0254-W", Kind.INFORMATION, ExitCode.WARNING),
    /** Signed with PGP; the signature is not checked. */
    PGP_SIGNED("EKDM0255-I", Kind.INFORMATION, ExitCode.DONE),
    /** An attachment that asks for a password. */
    PASSWORD_NEEDED("EKDM0256-W", Kind.INFORMATION, ExitCode.WARNING),
    /** Encrypted with S/MIME for a key that was not given. */
    SMIME_LOCKED("EKDM0257-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A signature of S/MIME that does not hold. */
    SIGNATURE_NOT_VALID("EKDM0258-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A wrapping of S/MIME that is damaged or of no known kind. */
    SMIME_BROKEN("EKDM0259-W", Kind.INFORMATION, ExitCode.WARNING),
    /** A signature that holds, by somebody for whom the given trust store does not vouch. */
    SIGNER_NOT_TRUSTED("EKDM0260-W", Kind.INFORMATION, ExitCode.WARNING),
    /** {@code file}, {@code reason}: a key or trust store that was named. */
    KEY_NOT_READABLE("EKDM0261-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** {@code domain}, {@code reason}: whether a mail is from whom it says cannot be known now. */
    NOT_PROVED_YET("EKDM0235-W", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** {@code file}, {@code reason}: mails of profiles that name it cannot be opened as their settings want it. */
    KEY_NOT_NOW("EKDM0236-E", Kind.RETRYABLE, ExitCode.SETTINGS);

    private final String id;
    private final Kind kind;
    private final ExitCode exit;

    MimeMessage(String id, Kind kind, ExitCode exit) {
        this.id = id;
        this.kind = kind;
        this.exit = exit;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public ExitCode exit() {
        return exit;
    }
}
