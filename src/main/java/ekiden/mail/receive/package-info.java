/**
 * Where mail comes from: the port {@link ekiden.mail.receive.Mailbox} and what its failures mean. A mailbox is asked, never trusted: push is a
 * hint and the search is the truth, and reading changes nothing at the server.
 *
 * <p>Never decides whether a mail is wanted, never keeps state between sessions.
 */
@NullMarked
package ekiden.mail.receive;

import org.jspecify.annotations.NullMarked;
