/**
 * Which mails match which conditions, and why not. Pure: no I/O, no state that changes after a set was compiled.
 *
 * <p>Senders are compared exactly (ASCII case ignored), subject and text by part, case-sensitive, in NFC; a text
 * condition never matches across a line break (as in JP1).
 */
@NullMarked
package ekiden.mail.match;

import org.jspecify.annotations.NullMarked;
