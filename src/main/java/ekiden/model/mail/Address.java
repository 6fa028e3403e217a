package ekiden.model.mail;

import org.jspecify.annotations.Nullable;

/**
 * A mail address as decoded from a header.
 *
 * @param name the display name, or null where there is none
 * @param address {@code local@domain} as it appears, at most 998 characters
 */
public record Address(@Nullable String name, String address) {}
