/**
 * The port of the store: one transaction holds run state, events, claims, catalogue, watches, outbox, timers and
 * alarms. Implementations: {@code jdbc} (SQLite and PostgreSQL), and one in memory for tests and the simulation; all run
 * {@code StoreContract}.
 *
 * <p>Decides nothing: it stores what it is given and says when a compare-and-set did not hold.
 */
@NullMarked
package ekiden.store;

import org.jspecify.annotations.NullMarked;
