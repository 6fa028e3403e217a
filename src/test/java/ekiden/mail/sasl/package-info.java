/** The mechanisms against the examples of their RFCs. */
@NullMarked
package ekiden.mail.sasl;

import org.jspecify.annotations.NullMarked;
