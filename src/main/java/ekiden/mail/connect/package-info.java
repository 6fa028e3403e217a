/**
 * Connections to mail servers: name look-up and connect with deadlines, TLS as the settings want it, and a watch over operations that
 * know no time-out of their own. Knows no mail protocol.
 *
 * <p>Never goes on without a check that the settings ask for, never logs.
 */
@NullMarked
package ekiden.mail.connect;

import org.jspecify.annotations.NullMarked;
