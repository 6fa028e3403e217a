package ekiden.definition.yaml;

import java.util.Optional;

/** Port: the files that are filled with values of a run, as far as they are there when a definition is checked. */
@FunctionalInterface
public interface TemplateFiles {
    /** None is there. */
    TemplateFiles NONE = name -> Optional.empty();

    /**
     * @param name as the definition has it, without values
     * @return its text; empty where it is not there yet, or cannot be read here
     */
    Optional<String> read(String name);
}
