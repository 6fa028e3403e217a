package ekiden.cli;

/**
 * A word of a command that is no option.
 *
 * @param label how help shows it
 * @param least 1 where it must be there, 0 where it may be left out
 * @param many whether any number of them may follow; only the last one
 */
record Param(String label, int least, boolean many) {
    static Param one(String label) {
        return new Param(label, 1, false);
    }

    static Param maybe(String label) {
        return new Param(label, 0, false);
    }

    static Param some(String label) {
        return new Param(label, 1, true);
    }

    String synopsis() {
        return (least == 0 ? "[" + label + "]" : label) + (many ? "..." : "");
    }
}
