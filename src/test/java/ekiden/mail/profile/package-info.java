/** Texts that stand for credentials. */
@NullMarked
package ekiden.mail.profile;

import org.jspecify.annotations.NullMarked;
