@NullMarked
package ekiden.regex;

import org.jspecify.annotations.NullMarked;
