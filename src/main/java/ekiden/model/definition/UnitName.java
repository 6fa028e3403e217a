package ekiden.model.definition;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The full name of a unit: {@code /group/jobnet}, NFC, each part 1 to 80 characters and at most {@link #MOST_BYTES} bytes without
 * {@code / \ # :} and control characters, at most 16 parts.
 *
 * @param value the name, beginning with {@code /}
 */
public record UnitName(String value) {
    /** What the names of units begin with that a command has defined for itself, and that it deletes at its end. */
    public static final String TEMPORARY = "/mail-wait/";

    /**
     * Bytes of a part in UTF-8: parts, and names of jobs, become names of folders, which may have 255. The rest is for the {@code #} and the
     * number of a run.
     */
    public static final int MOST_BYTES = 240;

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
            boolean right = PART.matcher(part).matches() && bytes(part) <= MOST_BYTES;
            if (!right || part.isBlank() || part.equals(".") || part.equals("..")) {
                return Optional.empty();
            }
        }
        return parts.length > MAX_PARTS ? Optional.empty() : Optional.of(new UnitName(name));
    }

    /**
     * @param text the name of a unit or of a job
     * @return how many bytes in UTF-8 its longest part has, in NFC
     */
    public static int longest(String text) {
        String name = Normalizer.normalize(text, Normalizer.Form.NFC);
        return Arrays.stream(name.split("/", -1))
                .mapToInt(UnitName::bytes)
                .max()
                .orElse(0);
    }

    private static int bytes(String part) {
        return part.getBytes(StandardCharsets.UTF_8).length;
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
