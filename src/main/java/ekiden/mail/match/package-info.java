/**
 * Which mails match which conditions, and why not. Pure: no I/O, no state that changes after a set was compiled.
 *
 * <p>What is looked for is compiled once for all watches ({@link ekiden.mail.match.WatchSet}): whole values are found by hash, parts of values in one
 * pass over each kind of value, patterns only where the words they need were found. Comparisons are in NFC, where
 * two tables of JIS differ one character stands for both; addresses are compared exactly (ASCII case ignored),
 * subject and text by part and case-sensitive, unless an entry says otherwise; a text condition never matches across a line break unless
 * asked to (as in JP1). What is not known of a mail leaves a condition open. A phrase costs
 * about 16 bytes for the filters besides its own characters and its places in the tables. Limits: {@link ekiden.mail.match.MatchLimits}.
 */
@NullMarked
package ekiden.mail.match;

import org.jspecify.annotations.NullMarked;
