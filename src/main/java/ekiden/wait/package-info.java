/**
 * What {@code ekiden mail wait} does without a manager: takes mails from a source, matches, claims and saves them as an agent does, prints a line for
 * each, and remembers it in the journal of its state folder.
 *
 * <p>The order for a batch of mails: noted as being opened → parsed and matched → numbers drawn and noted → (a listener: note forced, 250) → files
 * written under temporary names and forced → note forced → files get their names, forced → lines written and flushed → receipts forced →
 * temporary names removed → mailbox told → noted as done. Killed at any point the line comes again under the same identity until its receipt is
 * durable, and never after. A mail is acknowledged only behind its receipt; so bytes that are at a server need not be durable here meanwhile.
 *
 * <p>No SQL, no manager, no settings. Limits: {@link ekiden.wait.WaitLimits}.
 */
@NullMarked
package ekiden.wait;

import org.jspecify.annotations.NullMarked;
