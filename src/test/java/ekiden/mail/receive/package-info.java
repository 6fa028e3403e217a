/** What every mailbox must keep, whichever protocol it speaks. */
@NullMarked
package ekiden.mail.receive;

import org.jspecify.annotations.NullMarked;
