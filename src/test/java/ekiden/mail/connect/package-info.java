/** Connections that hang. */
@NullMarked
package ekiden.mail.connect;

import org.jspecify.annotations.NullMarked;
