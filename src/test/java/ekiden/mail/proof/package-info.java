@NullMarked
package ekiden.mail.proof;

import org.jspecify.annotations.NullMarked;
