/**
 * S/MIME with Bouncy Castle, behind the port {@link ekiden.mail.mime.Smime}: the only room that sees that library.
 *
 * <p>Signatures are checked over the exact bytes, or over these with CRLF as their line break where a spool has another one. Certificates are vouched
 * for by a trust store that is given, and by nothing else; revocation is not asked for, because that needs the network. Never throws for what a mail
 * holds: what cannot be read is told so. No file is read here and nothing is kept between calls. Limits: the caller hands over no more than
 * {@link ekiden.mail.mime.OpeningLimits} allows.
 */
@NullMarked
package ekiden.mail.smime;

import org.jspecify.annotations.NullMarked;
