package ekiden.mail.address;

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
