/**
 * Ways to log in that mail protocols share (SASL, RFC 4422): PLAIN, LOGIN, SCRAM, XOAUTH2, OAUTHBEARER. Bytes in, bytes out; the protocol around
 * carries them as base64.
 *
 * <p>Never keeps a secret longer than the exchange, never logs, never shows one in a problem or a {@code toString}.
 */
@NullMarked
package ekiden.mail.sasl;

import org.jspecify.annotations.NullMarked;
