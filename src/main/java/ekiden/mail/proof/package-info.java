/**
 * Verifies from whom a mail is: by DKIM with the keys that stand in the DNS, by DMARC on top of that, and by S/MIME. Decides what the findings of
 * {@link ekiden.mail.dkim} and of the reader's S/MIME are worth for the author of a mail.
 *
 * <p>Opens no connection: whoever makes a prover says where records are asked for. Reads no {@code Authentication-Results}: {@link ekiden.mail.match} does.
 * Each question is asked once for a mail; what cannot be known now is told as such and never as a failure.
 */
@NullMarked
package ekiden.mail.proof;

import org.jspecify.annotations.NullMarked;
