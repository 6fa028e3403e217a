/**
 * The agent: takes mails from readers, matches, reports, saves; executes commands and sends mails in attempt folders. Its home has
 * three durable things and no SQL: the spool, one folder per attempt, the report queue. Whatever the manager has asked for and was
 * not told the end of comes again after a crash, and is answered from these three.
 *
 * <p>Decides nothing about runs. Limits: {@link ekiden.agent.AgentSettings}.
 */
@NullMarked
package ekiden.agent;

import org.jspecify.annotations.NullMarked;
