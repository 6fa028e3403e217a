package ekiden.base;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A failure as a value. Carries no mail text and no secret: its values go to logs and screens.
 *
 * @param id the {@link MessageId#id} of what went wrong
 * @param kind whether trying again can help
 * @param values what fills the holes of the text: names, paths, numbers, host names, codes; never null
 */
public record Problem(String id, MessageId.Kind kind, Map<String, String> values) {
    /** Copies the values. */
    public Problem {
        values = Map.copyOf(values);
    }

    /**
     * A problem of one message id.
     *
     * @param message the message id
     * @param namesAndValues name, value, name, value …
     * @return the problem
     */
    public static Problem of(MessageId message, Object... namesAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), String.valueOf(namesAndValues[i + 1]));
        }
        return new Problem(message.id(), message.kind(), values);
    }

    @Override
    public String toString() {
        return id + " " + new TreeMap<>(values);
    }
}
