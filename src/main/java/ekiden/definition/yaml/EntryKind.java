package ekiden.definition.yaml;

import ekiden.model.definition.Entry.Look;
import ekiden.yaml.KeySet;
import java.util.List;

/**
 * What can stand in a list of conditions.
 *
 * @param keys of an entry that is a mapping
 * @param places the words of {@code in}, the usual one first; empty where there is no choice
 * @param files whether the values are names of files
 */
record EntryKind(KeySet keys, List<String> places, boolean files) {
    /** Addresses: whole, or parts of what is shown. */
    static final EntryKind ADDRESS =
            new EntryKind(DefinitionKeys.ADDRESS_ENTRY, List.of("address", "name", "shown", "x500"), false);

    /** Subjects and values of header fields. */
    static final EntryKind VALUE = new EntryKind(DefinitionKeys.VALUE_ENTRY, List.of(), false);

    /** Names of attachments. */
    static final EntryKind FILE = new EntryKind(DefinitionKeys.VALUE_ENTRY, List.of(), true);

    /** Texts. */
    static final EntryKind TEXT =
            new EntryKind(DefinitionKeys.TEXT_ENTRY, List.of("body", "attachments", "all"), false);

    boolean addresses() {
        return equals(ADDRESS);
    }

    boolean texts() {
        return equals(TEXT);
    }

    Look look(String place) {
        return switch (place) {
            case "name" -> Look.NAME;
            case "shown" -> Look.SHOWN;
            case "x500" -> Look.X500;
            case "attachments" -> Look.ATTACHMENTS;
            case "all" -> Look.ALL;
            default -> Look.USUAL;
        };
    }
}
