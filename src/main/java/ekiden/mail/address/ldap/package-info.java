/**
 * Directories (LDAP, RFC 4511) as address books, Active Directory's global address list among them. Reads, never writes. A name is put into a filter as a value, never as its text. No password goes
 * over a connection that is not protected unless the settings say so. Limits: {@link ekiden.mail.address.ldap.LdapLimits} and {@link ekiden.mail.address.AddressLimits}.
 */
@NullMarked
package ekiden.mail.address.ldap;

import org.jspecify.annotations.NullMarked;
