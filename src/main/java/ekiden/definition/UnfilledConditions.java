package ekiden.definition;

import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import java.util.List;

/** Conditions of a definition without a run: what values of the run would fill is not known. Pure. */
public final class UnfilledConditions {
    private UnfilledConditions() {}

    /**
     * @param conditions as defined
     * @return those that no value of a run fills, as they are compared; every mail where there are no others
     */
    public static Conditions known(Conditions conditions) {
        Conditions known = conditions.map(
                (list, entries) -> entries.stream().anyMatch(UnfilledConditions::open) ? List.<Entry>of() : entries);
        boolean nothing = known.none() && !conditions.none();
        Conditions some = nothing ? Conditions.ANY.including(known.include()) : known;
        return some.mapTexts(text -> text.replace("$${", "${"));
    }

    /**
     * @param conditions as defined
     * @return whether values of a run fill some of them
     */
    public static boolean depend(Conditions conditions) {
        return conditions.entries().stream().anyMatch(UnfilledConditions::open);
    }

    private static boolean open(Entry entry) {
        return entry.form() == Entry.Form.TEXT
                && entry.text().replace("$${", "").contains("${");
    }
}
