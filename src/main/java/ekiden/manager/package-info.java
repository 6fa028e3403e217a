/**
 * The manager: takes commands and reports into a bounded inbox, decides them with the pure engine, commits state, events,
 * claims, catalogue, outbox and timers in one transaction, and only then answers and tells the agents.
 *
 * <p>Knows no mail protocol and opens no socket or file. Limits: {@link ekiden.manager.ManagerSettings}.
 */
@NullMarked
package ekiden.manager;

import org.jspecify.annotations.NullMarked;
