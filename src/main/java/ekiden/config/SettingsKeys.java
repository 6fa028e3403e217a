package ekiden.config;

import ekiden.yaml.KeySet;
import java.util.List;

/** Every key the settings may have. */
public final class SettingsKeys {
    /** The whole file. */
    public static final KeySet FILE = KeySet.of("file", "version", "language", "listen", "store", "limits", "mail");

    /** The database. */
    public static final KeySet STORE = KeySet.of("store", "url", "user", "password");

    /** Bounds of the work. */
    public static final KeySet LIMITS = KeySet.of(
            "limits",
            "commands",
            "send-retries",
            "send-retry-interval",
            "keep-mails",
            "keep-runs",
            "keep-quarantine",
            "free-space");

    /** Everything about mail. */
    public static final KeySet MAIL = KeySet.of("mail", "profiles", "address-map", "address-books");

    /** An address book: one of its kinds. */
    public static final KeySet BOOK = KeySet.of("book", "name", "match", "vcard", "csv", "ldap");

    /** A directory. */
    public static final KeySet LDAP = KeySet.of(
            "ldap",
            "host",
            "port",
            "tls",
            "insecure",
            "ca",
            "user",
            "password",
            "preset",
            "base",
            "filter",
            "name-attributes",
            "address-attributes",
            "lists",
            "page-size",
            "timeout");

    /** An address book in a CSV file. */
    public static final KeySet CSV = KeySet.of("csv", "file", "charset", "columns");

    /** Headings of the columns of a CSV file. */
    public static final KeySet COLUMNS = KeySet.of(
            "columns",
            "name",
            "family",
            "given",
            "reading",
            "family-reading",
            "given-reading",
            "nickname",
            "address",
            "detail",
            "members");

    /** A mail profile. */
    public static final KeySet PROFILE = KeySet.of(
            "profile",
            "receive",
            "send",
            "authserv-id",
            "trust",
            "key",
            "key-password-file",
            "name-server",
            "retention");

    /** When saved files may go. */
    public static final KeySet RETENTION = KeySet.of("retention", "age", "count", "size");

    /** Where mail comes from: one of these. */
    public static final KeySet RECEIVE = KeySet.of("receive", "smtpd", "imap");

    /** Our own listener. */
    public static final KeySet SMTPD = KeySet.of("smtpd", "listen", "protocol", "recipients", "max-size", "tls");

    /** Certificate and key. */
    public static final KeySet TLS = KeySet.of("tls", "certificate", "key");

    /** An IMAP mailbox. */
    public static final KeySet IMAP = KeySet.of(
            "imap",
            "host",
            "port",
            "tls",
            "insecure",
            "ca",
            "user",
            "password",
            "token",
            "authentication",
            "folder",
            "folders",
            "first-look",
            "after-receive",
            "attention",
            "max-size",
            "deadline",
            "idle-renewal",
            "answer-timeout",
            "receive-timeout",
            "slowest-rate",
            "grace",
            "same-content",
            "uidvalidity-change",
            "progress",
            "progress-from",
            "budget",
            "canary");

    /** How much of a server may be used. */
    public static final KeySet BUDGET = KeySet.of("budget", "bytes", "per");

    /** Mails that prove that mail reaches a mailbox. */
    public static final KeySet CANARY = KeySet.of("canary", "every", "within", "to", "send");

    /** How mail is sent. */
    public static final KeySet SEND =
            KeySet.of("send", "smtp", "sendmail", "from", "charset", "charset-for", "if-refused", "sent-copy");

    /** Where copies of sent mails are kept. */
    public static final KeySet SENT_COPY = KeySet.of("sent-copy", "maildir", "mbox", "imap", "within", "age");

    /** The mail command of this machine. */
    public static final KeySet SENDMAIL =
            KeySet.of("sendmail", "path", "system", "tag", "at-once", "timeout", "notify", "log", "left-within");

    /** An SMTP server. */
    public static final KeySet SMTP = KeySet.of(
            "smtp",
            "host",
            "port",
            "tls",
            "ca",
            "user",
            "password",
            "connections",
            "mails-per-connection",
            "per-minute",
            "token",
            "authentication",
            "connect-timeout",
            "reply-timeout",
            "end-of-data-timeout",
            "send-timeout",
            "notify");

    /** Where a secret comes from: one of these. */
    public static final KeySet SECRET = KeySet.of("secret", "file", "env", "command");

    /** All of them. */
    public static final List<KeySet> ALL = List.of(
            FILE, STORE, LIMITS, MAIL, BOOK, LDAP, CSV, COLUMNS, PROFILE, RETENTION, RECEIVE, SMTPD, TLS, IMAP, BUDGET,
            CANARY, SEND, SENT_COPY, SENDMAIL, SMTP, SECRET);

    private SettingsKeys() {}
}
