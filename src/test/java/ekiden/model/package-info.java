/** Tests of what is defined and what happens: tables of states, and their picture in the documentation. */
@NullMarked
package ekiden.model;

import org.jspecify.annotations.NullMarked;
