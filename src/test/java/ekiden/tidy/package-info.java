/**
 * The house rules as code: what a compiler does not check. Each rule looks at parsed sources or plain text and returns
 * findings; each has a test of its own on a small bad sample, which proves that the rule can fail.
 *
 * <p>Uses the tree of the JDK's compiler without resolving names, so a rule sees names as they are written.
 */
@NullMarked
package ekiden.tidy;

import org.jspecify.annotations.NullMarked;
