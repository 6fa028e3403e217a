package ekiden.testing;

/** A program of the system that tests start, and the Debian package that has it. {@code ./dev} installs the same. */
public enum Program {
    /** IMAP, POP3 and LMTP server. */
    DOVECOT("dovecot", "dovecot-imapd"),
    /** Its IMAP part. */
    DOVECOT_IMAP("imap", "dovecot-imapd"),
    /** Its LMTP part. */
    DOVECOT_LMTP("lmtp", "dovecot-lmtpd"),
    /** Its POP3 part. */
    DOVECOT_POP3("pop3", "dovecot-pop3d"),
    /** SMTP server. */
    POSTFIX("postfix", "postfix"),
    /** Makes a PostgreSQL data folder. */
    INITDB("initdb", "postgresql"),
    /** The PostgreSQL server. */
    POSTGRES("postgres", "postgresql"),
    /** LDAP server. */
    SLAPD("slapd", "slapd"),
    /** Fills its database while it does not run. */
    SLAPADD("slapadd", "slapd"),
    /** Writes down system calls. */
    STRACE("strace", "strace"),
    /** For programs that jobs of tests run. */
    PYTHON("python3", "python3"),
    /** Makes certificates. */
    OPENSSL("openssl", "openssl"),
    /** Starts a program as another user, in the same process. */
    SETPRIV("setpriv", "util-linux");

    private final String file;
    private final String debianPackage;

    Program(String file, String debianPackage) {
        this.file = file;
        this.debianPackage = debianPackage;
    }

    /** {@return the name of its file} */
    public String file() {
        return file;
    }

    /** {@return the Debian package that has it} */
    public String debianPackage() {
        return debianPackage;
    }
}
