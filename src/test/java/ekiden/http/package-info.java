/** The API against a store in memory, a real manager and an agent that does what a test says. */
@NullMarked
package ekiden.http;

import org.jspecify.annotations.NullMarked;
