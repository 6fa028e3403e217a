/** Tests of the wrapper that stands between agent and program. */
@org.jspecify.annotations.NullMarked
package ekiden.agent.process;
