/**
 * The durable store of raw mails of one agent, and its quarantine.
 *
 * <p>One mail is one file: a fixed mark, the length of a JSON header, the header (envelope, time of arrival), the bytes as
 * they came, and a trailer with their length and SHA-256. It is written as {@code PLACE.part} and becomes visible by one
 * rename after its bytes were forced; the folder is forced before {@link ekiden.mail.spool.SpoolWriter#finish} answers.
 * A {@code .part} found at start was never acknowledged to anybody and is removed.
 *
 * <p>The name also carries the opening mark. A finished entry is {@code PLACE.opening1}: about to be parsed for the first
 * time, durable with the same force that makes the entry durable. {@code PLACE.mail} is one that was parsed without harm;
 * that rename is not forced, since losing it only means to look at a good mail once more. An entry found at start with
 * mark 2 took the process down twice, or was on the table when something else did: it belongs in quarantine.
 *
 * <p>{@code PLACE.kept} is one whose verdict came: the catalogue has it, and nothing begins it anew, not even a catalogue that was
 * restored from a time before it. At start only the others are looked at, so that a start takes as long for a spool that has kept mails
 * for years. That rename is not forced either: losing it means to ask about one more entry.
 *
 * <pre>
 * folder/PLACE.part            being written
 * folder/PLACE.openingN        complete, opening it for the N-th time has begun
 * folder/PLACE.mail            complete, was opened
 * folder/PLACE.kept            complete, and in the catalogue
 * folder/quarantine/PLACE.mail with PLACE.json, which says why
 * </pre>
 *
 * <p>Never parses a mail, never decides what happens to it, never removes a complete entry unasked. Limits:
 * {@link ekiden.mail.spool.SpoolLimits}. Files with other names are left alone. How long entries stay is for the manager to say.
 */
@NullMarked
package ekiden.mail.spool;

import org.jspecify.annotations.NullMarked;
