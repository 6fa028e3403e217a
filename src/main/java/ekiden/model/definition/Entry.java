package ekiden.model.definition;

/**
 * One entry of a list of conditions: what is looked for, and how.
 *
 * @param text the words, the glob or the regular expression; of a literal entry in NFC or not, it does not matter
 * @param form what {@code text} is
 * @param look what of the mail it is compared with
 * @param anyCase whether upper and lower case are the same
 * @param anyWidth whether characters that only differ in their form are the same (full and half width, NFKC)
 * @param acrossLines whether line breaks and blanks count as nothing, so that words are found across the end of a line; without
 *     it an entry is met within one line
 */
public record Entry(String text, Form form, Look look, boolean anyCase, boolean anyWidth, boolean acrossLines) {
    /** What the text of an entry is. */
    public enum Form {
        /** Plain words: all of an address, a name or what is shown; a part of everything else. */
        TEXT,
        /** {@code *} stands for anything, {@code ?} for one character; it must cover the whole value (of a text: a whole line). */
        GLOB,
        /** A regular expression in the syntax of RE2, met anywhere in the value. */
        REGEX
    }

    /** What of the mail an entry is compared with. */
    public enum Look {
        /** What its list says: the bare address, the subject, the body text, the name of an attachment, the value of a header field. */
        USUAL,
        /** Of an address: the display name. */
        NAME,
        /** Of an address: name and address as they are shown, {@code NAME <ADDRESS>}. */
        SHOWN,
        /** Of an address: its X.500 form, {@code /O=…/OU=…/CN=…}. */
        X500,
        /** Of a text: that of text attachments. */
        ATTACHMENTS,
        /** Of a text: that of the body and that of text attachments. */
        ALL
    }

    /**
     * The entry that a bare text is.
     *
     * @param text the words
     * @return the entry without any option
     */
    public static Entry fromText(String text) {
        return new Entry(text, Form.TEXT, Look.USUAL, false, false, false);
    }

    /** {@return whether it has no option, so that its text says it all} */
    public boolean plain() {
        return equals(fromText(text));
    }

    /**
     * @param other another text
     * @return the same entry with that
     */
    public Entry with(String other) {
        return new Entry(other, form, look, anyCase, anyWidth, acrossLines);
    }
}
