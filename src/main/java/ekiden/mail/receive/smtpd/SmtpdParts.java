package ekiden.mail.receive.smtpd;

import ekiden.base.Clock;
import ekiden.base.Ids;
import ekiden.base.Tasks;
import ekiden.disk.Disk;
import ekiden.mail.spool.Spool;

/**
 * What a listener works with.
 *
 * @param spool where mails become durable
 * @param delivery who decides about them
 * @param ids draws the names of spool entries
 * @param clock deadlines and dates
 * @param tasks runs the look at deadlines now and then; connections have their own threads
 * @param disk reads the certificate
 * @param listener hears what happens
 */
public record SmtpdParts(
        Spool spool, Delivery delivery, Ids ids, Clock clock, Tasks tasks, Disk disk, SmtpdListener listener) {}
