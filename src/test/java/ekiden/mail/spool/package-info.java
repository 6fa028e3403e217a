/** Tests of the spool, on a disk in memory that loses what was not forced. */
@NullMarked
package ekiden.mail.spool;

import org.jspecify.annotations.NullMarked;
