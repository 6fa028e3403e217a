/** Everything that knows mail; see the rooms below. The manager imports none of it. */
@NullMarked
package ekiden.mail;

import org.jspecify.annotations.NullMarked;
