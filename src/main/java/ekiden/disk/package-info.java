/**
 * The port through which everything durable outside the store is written: spool, saved files, attempt folders, report
 * queue. It exists so that the simulation can lose unsynced bytes and stop the process between any two operations.
 *
 * <p>Knows nothing of mail. {@link ekiden.disk.FileDisk} is the real one. {@link ekiden.disk.LockFile} stands beside the port: a lock
 * belongs to a process, not to a disk.
 */
@NullMarked
package ekiden.disk;

import org.jspecify.annotations.NullMarked;
