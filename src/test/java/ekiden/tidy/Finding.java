package ekiden.tidy;

/**
 * A place where a house rule is broken.
 *
 * @param place path and line, or a key of a message
 * @param text what is wrong and what to do instead
 */
public record Finding(String place, String text) {
    @Override
    public String toString() {
        return place + ": " + text;
    }
}
