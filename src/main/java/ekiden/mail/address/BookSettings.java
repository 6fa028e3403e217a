package ekiden.mail.address;

import ekiden.base.HostPort;
import ekiden.mail.profile.SecretSource;
import ekiden.mail.profile.Security;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One address book of the settings. */
public sealed interface BookSettings {
    /** {@return its name} */
    String name();

    /** {@return how much of a name must be given} */
    Match match();

    /** How much of a name must be given. */
    enum Match {
        /** All of it. */
        WHOLE,
        /** Its beginning, where only one name begins so. */
        BEGINNING
    }

    /**
     * vCards (RFC 6350, RFC 2426, version 2.1).
     *
     * @param name of the book
     * @param match how much of a name must be given
     * @param path a file with vCards or a folder of such files, absolute or relative to the home
     */
    record VCard(String name, Match match, String path) implements BookSettings {}

    /**
     * A CSV file with a line of headings (RFC 4180).
     *
     * @param name of the book
     * @param match how much of a name must be given
     * @param path the file, absolute or relative to the home
     * @param charset of the file, or null: UTF-8 where it is that, otherwise windows-31j
     * @param columns headings of the columns that are meant, where they are not those that usual programs write
     */
    record Csv(
            String name, Match match, String path, @Nullable String charset, Map<Column, List<String>> columns)
            implements BookSettings {
        /** Copies the map. */
        public Csv {
            columns = Map.copyOf(columns);
        }
    }

    /**
     * A directory (LDAP).
     *
     * @param name of the book
     * @param match how much of a name must be given
     * @param server host and port
     * @param security how the connection is protected
     * @param ca file with the certificates to believe instead of the JDK's, absolute or relative to the home; or null
     * @param user who logs in, a distinguished name or what the server takes for one, or null where nobody does
     * @param password of the user, or null where nobody logs in
     * @param preset what kind of directory it is
     * @param base where it is searched
     * @param filter who is in the book (RFC 4515), or null: everybody who can get mail
     * @param names attributes with names; empty: those of the preset
     * @param addresses attributes with addresses, the best first; empty: those of the preset
     * @param lists what becomes of lists that have an address
     * @param pageSize entries that are fetched at a time where all are listed
     * @param timeout of a connection and of an answer
     */
    record Ldap(
            String name,
            Match match,
            HostPort server,
            Security security,
            @Nullable String ca,
            @Nullable String user,
            @Nullable SecretSource password,
            Preset preset,
            String base,
            @Nullable String filter,
            List<String> names,
            List<String> addresses,
            Lists lists,
            int pageSize,
            Duration timeout)
            implements BookSettings {
        /** Longest time of a connection or an answer. */
        public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);

        /** Usual time of a connection or an answer. */
        public static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);

        /** Most entries fetched at a time. */
        public static final int MOST_PAGE = 10_000;

        /** Entries that are usually fetched at a time. */
        public static final int USUAL_PAGE = 500;

        /** Copies the lists. */
        public Ldap {
            names = List.copyOf(names);
            addresses = List.copyOf(addresses);
        }
    }

    /** What kind of directory it is. */
    enum Preset {
        /** Any, with the attributes of inetOrgPerson (RFC 2798). */
        GENERIC,
        /** Active Directory: its global address list. */
        ACTIVE_DIRECTORY
    }

    /** What becomes of lists that have an address of their own. */
    enum Lists {
        /** The mail goes to that address. */
        ADDRESS,
        /** They are opened all the same. */
        EXPAND
    }

    /** What a column of a CSV file holds. */
    enum Column {
        /** The whole name. */
        NAME,
        /** The family name. */
        FAMILY,
        /** The given name. */
        GIVEN,
        /** A reading of the whole name, in kana. */
        READING,
        /** A reading of the family name. */
        FAMILY_READING,
        /** A reading of the given name. */
        GIVEN_READING,
        /** A short name. */
        NICKNAME,
        /** The address. */
        ADDRESS,
        /** What tells namesakes apart: company, department. */
        DETAIL,
        /** Members of a list: names and addresses, with {@code ;} between them. */
        MEMBERS
    }
}
