/** S/MIME with certificates that are made for each test. */
@NullMarked
package ekiden.mail.smime;

import org.jspecify.annotations.NullMarked;
