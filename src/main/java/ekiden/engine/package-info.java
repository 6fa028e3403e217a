/**
 * Pure decisions on runs and claims: (state, input, now) → events and effects. No thread, socket, file, SQL, clock or random
 * number; the simulation runs the same code.
 */
@NullMarked
package ekiden.engine;

import org.jspecify.annotations.NullMarked;
