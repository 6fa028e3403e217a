/**
 * Commands as processes on this machine, each behind a small shell wrapper that survives the agent, notes its start, and notes the exit
 * code. Uses processes and their files directly: what the wrapper writes is not the agent's disk.
 */
@NullMarked
package ekiden.agent.process;

import org.jspecify.annotations.NullMarked;
