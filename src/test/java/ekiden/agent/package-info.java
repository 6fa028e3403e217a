/** Tests of the agent. */
@NullMarked
package ekiden.agent;

import org.jspecify.annotations.NullMarked;
