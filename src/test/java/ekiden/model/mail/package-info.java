/** Tests of what is known of mails. */
@NullMarked
package ekiden.model.mail;

import org.jspecify.annotations.NullMarked;
