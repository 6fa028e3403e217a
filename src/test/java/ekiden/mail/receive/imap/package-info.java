/** The IMAP client against a server that can do everything wrong, and against a real one. */
@NullMarked
package ekiden.mail.receive.imap;

import org.jspecify.annotations.NullMarked;
