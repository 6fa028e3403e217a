/**
 * What happens when definitions run: runs, jobs of a run, watches, claims, events, alarms. Records and tables; no I/O.
 */
@NullMarked
package ekiden.model.run;

import org.jspecify.annotations.NullMarked;
