package ekiden.model.definition;

import java.util.List;

/**
 * A list of conditions on the header fields of one name; one of the fields must meet one of the entries.
 *
 * @param name the field's name; case does not matter
 * @param entries OR inside; empty where the field only has to be there
 */
public record HeaderCondition(String name, List<Entry> entries) {
    /** Copies the list. */
    public HeaderCondition {
        entries = List.copyOf(entries);
    }
}
