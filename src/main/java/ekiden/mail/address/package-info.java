/**
 * Address books: who is meant by a name. The port {@link ekiden.mail.address.AddressBook} tells who bears a name, {@link
 * ekiden.mail.address.Resolver} decides what that means, {@link ekiden.mail.address.Recipients} asks the books in their order and
 * opens distribution lists.
 *
 * <p>Never guesses: a name that nobody bears, or several, gives a problem with the candidates, and no address. Never sends, never
 * changes a book. Limits: {@link ekiden.mail.address.AddressLimits}.
 */
@NullMarked
package ekiden.mail.address;

import org.jspecify.annotations.NullMarked;
