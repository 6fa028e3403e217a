/** Records and sealed types of the field; see the three rooms below. No I/O. */
@NullMarked
package ekiden.model;

import org.jspecify.annotations.NullMarked;
