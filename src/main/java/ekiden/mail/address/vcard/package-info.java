/**
 * vCards as an address book: reads names, readings, addresses and lists out of what phones and mail programs export (versions 2.1, 3.0 and 4.0). Everything else of a card is left aside.
 * Limits: {@link ekiden.mail.address.AddressLimits}.
 */
@NullMarked
package ekiden.mail.address.vcard;

import org.jspecify.annotations.NullMarked;
