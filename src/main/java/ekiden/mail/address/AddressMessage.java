package ekiden.mail.address;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** Messages about address books, EKDM0350 to EKDM0379 and EKDM0616 to EKDM0629. Texts: {@code ekiden/message/address_en.properties} and {@code _ja}. */
public enum AddressMessage implements MessageId {
    /** Nobody bears the name: {@code {name}}, {@code {books}}. */
    UNKNOWN("EKDM0350-E", Kind.PERMANENT, ExitCode.USAGE),
    /** Nobody bears it, but names begin with it: {@code {name}}, {@code {books}}, {@code {candidates}}. */
    UNKNOWN_SIMILAR("EKDM0351-E", Kind.PERMANENT, ExitCode.USAGE),
    /** Several bear it: {@code {name}}, {@code {book}}, {@code {candidates}}. */
    AMBIGUOUS("EKDM0352-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A name, and no book to look it up in: {@code {name}}. */
    NO_BOOKS("EKDM0353-E", Kind.PERMANENT, ExitCode.USAGE),
    /** The entry has no address: {@code {name}}, {@code {book}}. */
    NO_ADDRESS("EKDM0354-E", Kind.PERMANENT, ExitCode.USAGE),
    /** The entry's address is none: {@code {name}}, {@code {book}}, {@code {address}}. */
    BAD_ADDRESS("EKDM0355-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A list has a member that cannot be found: {@code {list}}, {@code {book}}, {@code {member}}. */
    MISSING_MEMBER("EKDM0356-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A list without members: {@code {list}}, {@code {book}}. */
    EMPTY_LIST("EKDM0357-E", Kind.PERMANENT, ExitCode.USAGE),
    /** Lists too deep in one another: {@code {list}}, {@code {limit}}. */
    TOO_DEEP("EKDM0358-E", Kind.PERMANENT, ExitCode.USAGE),
    /** The names become too many addresses: {@code {limit}}. */
    TOO_MANY("EKDM0359-E", Kind.PERMANENT, ExitCode.USAGE),
    /** It took too long: {@code {name}}, {@code {limit}}. */
    TOO_SLOW("EKDM0360-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** A name too long to be one: {@code {name}}, {@code {limit}}. */
    LONG_NAME("EKDM0361-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A file of a book cannot be read: {@code {book}}, {@code {file}}, {@code {reason}}. */
    UNREADABLE("EKDM0362-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** A file or folder of a book is too large: {@code {book}}, {@code {file}}, {@code {limit}}. */
    TOO_LARGE("EKDM0363-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** A book has too many entries: {@code {book}}, {@code {limit}}. */
    TOO_MANY_ENTRIES("EKDM0364-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** A line of a book is wrong: {@code {book}}, {@code {file}}, {@code {line}}, {@code {expected}}. */
    BAD_LINE("EKDM0365-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** A CSV file without columns that are known: {@code {book}}, {@code {file}}, {@code {columns}}, {@code {expected}}. */
    NO_COLUMN("EKDM0366-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** A book the settings do not have: {@code {book}}, {@code {books}}. */
    NO_SUCH_BOOK("EKDM0367-E", Kind.PERMANENT, ExitCode.USAGE),
    /** A directory cannot be reached: {@code {book}}, {@code {server}}, {@code {reason}}. */
    NOT_REACHABLE("EKDM0370-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** It refuses the login: {@code {book}}, {@code {server}}, {@code {user}}, {@code {reason}}. */
    LOGIN_REFUSED("EKDM0371-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** It refuses the search: {@code {book}}, {@code {server}}, {@code {reason}}. */
    SEARCH_REFUSED("EKDM0372-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The connection cannot be protected: {@code {book}}, {@code {server}}, {@code {reason}}. */
    NO_TLS("EKDM0373-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The filter of the settings is none: {@code {book}}, {@code {filter}}. */
    BAD_FILTER("EKDM0374-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** It says to ask elsewhere: {@code {book}}, {@code {server}}, {@code {base}}, {@code {referral}}. */
    REFERRED("EKDM0616-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** It has no such search base: {@code {book}}, {@code {server}}, {@code {base}}. */
    NO_BASE("EKDM0617-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** Its certificate has run out, or does not hold yet: {@code {book}}, {@code {server}}, {@code {reason}}. */
    CERTIFICATE_EXPIRED("EKDM0618-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** Its certificate is for another name: {@code {book}}, {@code {server}}, {@code {reason}}. */
    CERTIFICATE_NAME("EKDM0619-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** Nobody who is believed vouches for its certificate: {@code {book}}, {@code {server}}, {@code {reason}}. */
    CERTIFICATE("EKDM0620-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The certificates of the settings cannot be used: {@code {book}}, {@code {file}}, {@code {reason}}. */
    BAD_CA("EKDM0621-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** A directory gave out only some of its entries: {@code {book}}, {@code {server}}, {@code {count}}, {@code {reason}}. */
    CUT("EKDM0622-W", Kind.INFORMATION, ExitCode.WARNING),
    /** The password of the settings is empty: {@code {book}}, {@code {server}}, {@code {user}}. */
    NO_PASSWORD("EKDM0623-E", Kind.PERMANENT, ExitCode.SETTINGS);

    private final String id;
    private final Kind kind;
    private final ExitCode exit;

    AddressMessage(String id, Kind kind, ExitCode exit) {
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
