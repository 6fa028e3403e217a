/**
 * The API, version 1, as {@code openapi.yaml} describes it: JSON over HTTP for the command line, scripts and consoles. Reads
 * the store, puts commands into the manager's inbox, and answers only after their commit.
 *
 * <p>Listens on this machine unless told otherwise. Lets nobody in without the token of the home, and no browser page of
 * another origin (Host and Origin are checked first). Never writes the store by itself, never shows or logs a token or a
 * password. Limits: {@link ekiden.http.ApiLimits}.
 */
@NullMarked
package ekiden.http;

import org.jspecify.annotations.NullMarked;
