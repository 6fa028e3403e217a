/** Stand-ins for the world that tests and the simulation share: a disk that loses what was not forced. */
@NullMarked
package ekiden.testing;

import org.jspecify.annotations.NullMarked;
