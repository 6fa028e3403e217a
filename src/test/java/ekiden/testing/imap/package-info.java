/**
 * An IMAP server for tests: keeps its mails in {@link ekiden.testing.MemoryFolder}s and can do everything wrong that servers and networks do, on
 * demand and repeatably. Knows only what a client of ours needs; a real Dovecot is the judge of the rest.
 */
@NullMarked
package ekiden.testing.imap;

import org.jspecify.annotations.NullMarked;
