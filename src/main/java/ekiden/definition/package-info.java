/**
 * What can be done with a definition apart from its file format: templates {@code ${…}} and their expansion with the values of
 * a run, the format-neutral tree of a jobnet, the difference of two jobnets. Pure: no I/O, no clock.
 *
 * <p>Values that come from mail are text and stay text: they fill whole arguments, never a program's name or a shell line
 * (refused when the definition is read), and never lead a path out of its folder. Limits: {@link ekiden.definition.TemplateLimits}.
 */
@NullMarked
package ekiden.definition;

import org.jspecify.annotations.NullMarked;
