package ekiden.definition.yaml;

import ekiden.yaml.Place;

/**
 * A text that may hold templates, noted while reading and checked when all jobs are known.
 *
 * @param job the job it belongs to, empty for the start condition
 * @param where its path in the file
 * @param at where it stands
 * @param text the text
 * @param role what becomes of it
 */
record TemplateUse(String job, String where, Place at, String text, Role role) {
    /** What becomes of a text decides which values may fill it. */
    enum Role {
        /** Running text: any value; a list is joined. */
        TEXT,
        /** One item of a list: a list value must be the whole item. */
        ITEM,
        /** One value: no list. */
        SINGLE,
        /** The name of a file that is filled: nothing that comes from a mail or leads to what does. */
        TEMPLATE,
        /** A program or a place where programs are looked for: only values of the run itself. */
        PROGRAM,
        /** A line that a shell or interpreter reads as code: nothing from mail. */
        SHELL
    }
}
