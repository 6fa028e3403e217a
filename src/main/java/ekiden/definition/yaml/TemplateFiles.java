package ekiden.definition.yaml;

/** Port: the files that are filled with values of a run, as far as they are there when a definition is checked. */
@FunctionalInterface
public interface TemplateFiles {
    /** None is there. */
    TemplateFiles NONE = name -> new Found.NotHere();

    /**
     * @param name as the definition has it, without values
     * @return what is there
     */
    Found read(String name);

    /** What has the name of a template. */
    sealed interface Found {
        /**
         * A template.
         *
         * @param text of it
         */
        record Text(String text) implements Found {}

        /** Nothing yet, or nothing that can be looked at here. */
        record NotHere() implements Found {}

        /**
         * Something that no mail can be filled from.
         *
         * @param reason one short phrase in English
         */
        record Unusable(String reason) implements Found {}
    }
}
