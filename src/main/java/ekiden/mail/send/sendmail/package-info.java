/**
 * Hands mails to the mail command of this machine ({@code sendmail}) and asks what it is. The command gets the mail from a file that is whole before it
 * starts, never from a pipe: when this process dies, nobody takes half a mail for a whole one. The envelope is always ours ({@code -f}, recipients behind
 * {@code --}; never {@code -t}). Never says that a mail was sent: what the command takes is queued. No output of the command is kept beyond a few
 * kilobytes. Limits: {@link ekiden.mail.send.sendmail.SendmailLimits}.
 */
@NullMarked
package ekiden.mail.send.sendmail;

import org.jspecify.annotations.NullMarked;
