/**
 * Regular expressions that take linear time whatever the text is (RE2/J): definitions bring them, mails bring the texts. The only
 * package that sees the library. Pure: no I/O.
 *
 * <p>Limits: {@link ekiden.regex.RegexLimits}. An expression that is too long, or that repetitions make too large, does not compile.
 */
@NullMarked
package ekiden.regex;

import org.jspecify.annotations.NullMarked;
