/** A store in memory, for tests and the simulation: deterministic, rolls back, and fails when told to. */
@NullMarked
package ekiden.store.memory;

import org.jspecify.annotations.NullMarked;
