/**
 * The messages between manager and agent, the same in one process and over HTTP. Every crossing is at-least-once with an id,
 * so every receiver is idempotent: assignments by key, reports by report id, mails by identity and watch instance.
 */
@NullMarked
package ekiden.link;

import org.jspecify.annotations.NullMarked;
