/** Starts the fuzzer on what reads bytes of strangers. */
@NullMarked
package ekiden.testing.fuzz;

import org.jspecify.annotations.NullMarked;
