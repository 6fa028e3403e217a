/**
 * The port of timers: durable wake-ups with ids that follow from what they are for. A timer's handler only posts a command to
 * the engine.
 */
@NullMarked
package ekiden.timer;

import org.jspecify.annotations.NullMarked;
