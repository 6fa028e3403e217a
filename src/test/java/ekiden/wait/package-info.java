@NullMarked
package ekiden.wait;

import org.jspecify.annotations.NullMarked;
