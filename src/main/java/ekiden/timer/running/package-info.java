/**
 * Fires the timers that a store keeps: asks it what is due, posts each to the engine, removes it when it was taken in. Runs
 * on every store, so the simulation fires its timers with this code.
 *
 * <p>Decides nothing; knows no database. A timer may fire more than once (after a crash, or from several managers), never
 * before its time.
 */
@NullMarked
package ekiden.timer.running;

import org.jspecify.annotations.NullMarked;
