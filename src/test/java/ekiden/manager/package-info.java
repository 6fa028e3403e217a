/** Tests of the manager on a store in memory, with an agent that only remembers what it was told. */
@NullMarked
package ekiden.manager;

import org.jspecify.annotations.NullMarked;
