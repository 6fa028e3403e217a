package ekiden.model.definition;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The full name of a unit: {@code /group/jobnet}, NFC, each part 1 to 80 characters without {@code / \ # :} and control
 * characters, at most 16 parts.
 *
 * @param value the name, beginning with {@code /}
 */
public record UnitName(String value) {
    /** What the names of units begin with that a command has defined for itself, and that it deletes at its end. */
    public static final String TEMPORARY = "/mail-wait/";

    private static final Pattern PART = Pattern.compile("[^/\\\\#:\\p{Cntrl}]{1,80}");
    private static final int MAX_PARTS = 16;

    /**
     * @param text what a user wrote
     * @return the name in NFC, or empty where the text is none
     */
    public static Optional<UnitName> parse(String text) {
        String name = Normalizer.normalize(text, Normalizer.Form.NFC);
        if (!name.startsWith("/") || name.length() < 2) {
            return Optional.empty();
        }
        String[] parts = name.substring(1).split("/", -1);
        for (String part : parts) {
            if (!PART.matcher(part).matches() || part.isBlank() || part.equals(".") || part.equals("..")) {
                return Optional.empty();
            }
        }
        return parts.length > MAX_PARTS ? Optional.empty() : Optional.of(new UnitName(name));
    }

    /** {@return whether a command has defined it for itself} */
    public boolean temporary() {
        return value.startsWith(TEMPORARY);
    }

    @Override
    public String toString() {
        return value;
    }
}
