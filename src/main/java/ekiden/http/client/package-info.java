/**
 * The command line's way to the API of a running process on the same home: finds its address and token in the home, asks over
 * one small HTTP/1.1 connection per request, and turns answers into values and problems.
 *
 * <p>Sends the token to nobody but the address that the process on this home wrote down while that process lives. Every wait
 * has a deadline, every answer a greatest length: {@link ekiden.http.client.ClientSettings}.
 */
@NullMarked
package ekiden.http.client;

import org.jspecify.annotations.NullMarked;
