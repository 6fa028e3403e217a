/** The command line against a real server, and its help texts against golden files. */
@NullMarked
package ekiden.cli;

import org.jspecify.annotations.NullMarked;
