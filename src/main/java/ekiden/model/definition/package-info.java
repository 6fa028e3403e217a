/**
 * What a user defines: jobnets, jobs, conditions. Independent of the file format it was written in. No I/O.
 */
@NullMarked
package ekiden.model.definition;

import org.jspecify.annotations.NullMarked;
