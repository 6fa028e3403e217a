/**
 * The entry point, and the fixed wirings of the product: plain constructor calls. Everything may be imported here; nobody imports
 * this.
 */
@NullMarked
package ekiden.main;

import org.jspecify.annotations.NullMarked;
