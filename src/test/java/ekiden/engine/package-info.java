/** Tests of the pure decisions. No thread, file or clock: every input is a value. */
@NullMarked
package ekiden.engine;

import org.jspecify.annotations.NullMarked;
