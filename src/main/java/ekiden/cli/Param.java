package ekiden.cli;

/**
 * A word of a command that is no option.
 *
 * @param label how help shows it
 * @param arity as picocli writes it: {@code 1}, {@code 0..1}, {@code 1..*}
 */
record Param(String label, String arity) {
    static Param one(String label) {
        return new Param(label, "1");
    }

    static Param maybe(String label) {
        return new Param(label, "0..1");
    }

    static Param some(String label) {
        return new Param(label, "1..*");
    }
}
