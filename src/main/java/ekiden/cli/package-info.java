/**
 * The command line. Parses words, asks the API of the process that runs on the home, and shows the answers: for people in
 * tables, in English or Japanese; for programs as JSON, one object a line, with stable names. Every command ends with one of
 * {@link ekiden.base.ExitCode}.
 *
 * <p>Decides nothing about runs or mails, opens no store, and starts no logging. Only what a call needs is loaded: a command's
 * options are put together when it is called.
 */
@NullMarked
package ekiden.cli;

import org.jspecify.annotations.NullMarked;
