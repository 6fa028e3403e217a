package ekiden.store;

import ekiden.model.definition.Jobnet;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Versions of definitions. A version is never changed; a unit points at its present one or is deleted. */
public interface Definitions {
    /**
     * One version of a unit's definition.
     *
     * @param id of this version
     * @param jobnet what was defined
     * @param folder the folder relative paths in it start from
     * @param version counts the versions of the unit from 1
     * @param at when it was defined
     */
    record Definition(UUID id, Jobnet jobnet, String folder, long version, Instant at) {}

    /**
     * Adds a version and makes it the unit's present one.
     *
     * @param definition the version
     */
    void put(Definition definition);

    /**
     * @param unit full name
     * @return its present version, empty where it is not defined or was deleted
     */
    Optional<Definition> current(String unit);

    /**
     * @param id a version, present or former
     * @return it
     */
    Optional<Definition> find(UUID id);

    /** {@return the present versions, by unit name} */
    List<Definition> list();

    /**
     * Makes a unit have no present version. Former versions stay for the runs that follow them.
     *
     * @param unit full name
     */
    void delete(String unit);

    /**
     * @param unit full name
     * @return how many versions it ever had
     */
    long versions(String unit);
}
