package ekiden.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code address resolve} or {@code address list} was asked for.
 *
 * @param home the home whose books are meant, absolute
 * @param names to be resolved; empty where books are listed
 * @param book the only one that is listed, or null for all
 * @param limit most entries listed of each book
 * @param json whether lines are JSON
 * @param language of messages
 */
public record AddressRequest(
        Path home, List<String> names, @Nullable String book, int limit, boolean json, Locale language) {
    /** Copies the list. */
    public AddressRequest {
        names = List.copyOf(names);
    }
}
