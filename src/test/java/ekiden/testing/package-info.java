/**
 * Stand-ins for the world that tests and the simulation share (a disk that loses what was not forced, scripted servers), and
 * launchers of the real thing: PostgreSQL, Dovecot, Postfix and Ekiden itself as child processes. Every wait has a deadline,
 * every process is ended by its id, and what it said stands in the message of the failure.
 */
@NullMarked
package ekiden.testing;

import org.jspecify.annotations.NullMarked;
