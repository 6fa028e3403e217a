/**
 * What everything else stands on: clock, ids, tasks, results, problems with their message ids, literal state tables.
 *
 * <p>Uses the JDK only. Never reads a file, opens a socket or knows a word of mail. {@link ekiden.base.SystemClock} is
 * the one place in the product that asks the machine for the time.
 */
@NullMarked
package ekiden.base;

import org.jspecify.annotations.NullMarked;
