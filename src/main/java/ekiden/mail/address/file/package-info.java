/**
 * Address books in files: the address map, CSV, and what all books in files have in common. A changed file is read again; one that cannot be read, or has a line that cannot, is a problem and
 * never a smaller book. Writes nothing. Limits: {@link ekiden.mail.address.AddressLimits}.
 */
@NullMarked
package ekiden.mail.address.file;

import org.jspecify.annotations.NullMarked;
