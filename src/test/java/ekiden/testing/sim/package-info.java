/**
 * The simulated world: the manager and the agent of the product, in one thread, on a clock, a disk, a store, a link, programs
 * and mail servers that fail as the real ones do, stepped from a seed. What happened is judged from outside: by what clients
 * were told, what files there are, which programs began, what mail servers delivered, what the store holds.
 *
 * <p>Same seed, same world. Replaced are ports alone; what decides is the code that is shipped.
 */
@NullMarked
package ekiden.testing.sim;

import org.jspecify.annotations.NullMarked;
