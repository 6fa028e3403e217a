package ekiden.model.mail;

import ekiden.base.Ascii;
import java.util.List;

/** The header of a mail, asked by name. */
@FunctionalInterface
public interface HeaderValues {
    /**
     * @param name of a field; case does not matter
     * @return the values of all fields of that name from the top, decoded, each as one line; empty where there is none
     */
    List<String> of(String name);

    /**
     * @param name of a field whose grammar has no encoded words; case does not matter
     * @return the values as they stand: what somebody has encoded into one of them (RFC 2047) is not taken for its own
     */
    default List<String> raw(String name) {
        return of(name);
    }

    /**
     * @param name of a field; case does not matter
     * @return how many fields have that name, which costs less than their values
     */
    default int count(String name) {
        return raw(name).size();
    }

    /**
     * What fields with parameters or comments say first ({@code Content-Type}, {@code Auto-Submitted}), which costs less than their values.
     *
     * @param name of a field whose grammar has no encoded words; case does not matter
     * @return the first word of its first value, in small letters; empty where there is no such field
     */
    default String firstWord(String name) {
        List<String> values = raw(name);
        return values.isEmpty() ? "" : wordOf(values.getFirst());
    }

    /**
     * @param value of a field, as {@link #raw} gives it
     * @return what stands before its first blank, semicolon or comment, in small letters
     */
    static String wordOf(String value) {
        int end = 0;
        while (end < value.length() && ";( \t".indexOf(value.charAt(end)) < 0) {
            end++;
        }
        return Ascii.lower(value.substring(0, end));
    }

    /**
     * @return whether all readers see the same fields; where it is not so, what somebody vouches for may not be what is read here
     */
    default boolean oneReading() {
        return true;
    }
}
