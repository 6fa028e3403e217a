package ekiden.model.mail;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A mail address as decoded from a header.
 *
 * @param name the display name, or null where there is none
 * @param address {@code local@domain} as it appears, at most 998 characters
 */
public record Address(@Nullable String name, String address) {
    /**
     * Whether a domain may speak for the address.
     *
     * @param domain any; case does not matter
     * @return whether it is the domain of the address or lies above it, and has two labels at least
     */
    public boolean isUnder(String domain) {
        String above = domain.toLowerCase(Locale.ROOT);
        String own = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return above.indexOf('.') > 0 && (own.equals(above) || own.endsWith("." + above));
    }
}
