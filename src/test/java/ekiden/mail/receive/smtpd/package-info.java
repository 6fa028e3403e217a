/** Tests of the listener: the session as a table of dialogues, the wire with real sockets on the loopback. */
@NullMarked
package ekiden.mail.receive.smtpd;

import org.jspecify.annotations.NullMarked;
