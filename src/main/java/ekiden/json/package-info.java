/**
 * Records to JSON and back: events, columns of the store, messages between manager and agent, the API, manifests.
 * The only package that sees Jackson.
 *
 * <p>A sealed interface is written with a property {@code type} that holds the record's simple name; unknown properties
 * are ignored, so that older readers survive newer writers. Instants are RFC 3339 text, durations ISO 8601 text.
 */
@NullMarked
package ekiden.json;

import org.jspecify.annotations.NullMarked;
