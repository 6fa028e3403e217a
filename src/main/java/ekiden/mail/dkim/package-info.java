/**
 * Verifies DKIM signatures (RFC 6376, 8301, 8463) of a raw mail: which domains have signed it, and why a signature does not count.
 *
 * <p>The mail is read once, in pieces, whatever its size. Pure but for the {@link ekiden.mail.mime.RawSource} and the port {@link ekiden.mail.dkim.TxtRecords}
 * through which keys are asked for; time is passed in. Stricter than the RFC where a lax reading lets somebody else's words through: a signature
 * over a part of the body, a field twice that may stand once, and a key in test mode do not count. Never throws on any bytes. Limits: {@link
 * ekiden.mail.dkim.DkimLimits}.
 */
@NullMarked
package ekiden.mail.dkim;

import org.jspecify.annotations.NullMarked;
