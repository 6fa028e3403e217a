package ekiden.agent;

import ekiden.base.Clock;
import ekiden.base.Ids;
import ekiden.base.Tasks;
import ekiden.disk.Disk;
import ekiden.link.ManagerLink;
import ekiden.mail.mime.Trial;
import ekiden.mail.spool.Spool;
import java.util.function.DoubleSupplier;

/**
 * What an agent stands on.
 *
 * @param clock the one clock
 * @param tasks where work runs
 * @param ids makes report ids
 * @param disk where attempts and reports lie
 * @param spool raw mails
 * @param manager who gives the work
 * @param commands starts programs
 * @param senders sends mails
 * @param waits how readers wait for hints
 * @param chance from 0 to below 1; spreads what would otherwise happen at one moment
 * @param trial opens suspect mails apart
 * @param settings settings and limits
 */
public record AgentPorts(
        Clock clock,
        Tasks tasks,
        Ids ids,
        Disk disk,
        Spool spool,
        ManagerLink manager,
        CommandRunner commands,
        Senders senders,
        ReaderWaits waits,
        DoubleSupplier chance,
        Trial trial,
        AgentSettings settings) {}
