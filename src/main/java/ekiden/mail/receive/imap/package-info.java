/**
 * Watching a folder at an IMAP server (RFC 3501; what RFC 9051 changed is understood where it is met): our own streaming client on blocking
 * sockets, made for virtual threads. One command is one file.
 *
 * <p>Uses UID commands only, so that an expunge by others can never point at another mail; reads with PEEK only. Bodies go to the
 * sink block by block as they come, straight out of the one buffer of the connection, which is small while it is idle. Commands are pipelined, and their
 * answers may complete in any order. Extensions only where the server offers them: IDLE, UIDPLUS, MOVE, ESEARCH, LITERAL+ and LITERAL-,
 * SASL-IR, SPECIAL-USE, ID.
 *
 * <p>Never sends EXPUNGE without UIDs, never CLOSE (it expunges), never a password before the protection that the settings ask for; never uses CONDSTORE, whose
 * answers nothing here needs. Limits and deadlines: {@link ekiden.mail.receive.imap.ImapLimits},
 * {@link ekiden.mail.receive.imap.ImapTimeouts}. Logs nothing that a server or mail said.
 */
@NullMarked
package ekiden.mail.receive.imap;

import org.jspecify.annotations.NullMarked;
