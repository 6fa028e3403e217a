/**
 * Asks the DNS for the keys of domains. The only room that sees dnsjava. Each question ends within its deadline; answers are kept for as long as
 * their domain allows, at most 1,000 of them. Never decides what a key is worth: {@link ekiden.mail.dkim} does.
 */
@NullMarked
package ekiden.mail.dkim.dns;

import org.jspecify.annotations.NullMarked;
