/**
 * The store on SQLite and on PostgreSQL: one implementation in plain JDBC, two small dialects, one set of numbered migrations
 * in two forms. The only package that sees a database driver.
 *
 * <p>Writes of one database are carried out one after another, also those of several processes on one PostgreSQL: so a
 * transaction decides on what it read, and numbers grow in the order of the commits. Those that wait share one commit. Reads go
 * beside them, each on one consistent view.
 *
 * <p>Never creates a folder, never takes a lock file, never decides what becomes of a run.
 */
@NullMarked
package ekiden.store.jdbc;

import org.jspecify.annotations.NullMarked;
