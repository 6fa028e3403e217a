package ekiden.main;

import ekiden.agent.WatchedFolder;
import ekiden.base.Clock;
import ekiden.base.HostPort;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.mail.connect.Trust;
import ekiden.mail.profile.Authentication;
import ekiden.mail.profile.Credentials;
import ekiden.mail.profile.Secret;
import ekiden.mail.profile.Security;
import ekiden.mail.receive.ReaderLimits;
import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.imap.ImapLimits;
import ekiden.mail.receive.imap.ImapMailbox;
import ekiden.mail.receive.imap.ImapSettings;
import ekiden.mail.receive.imap.ImapTimeouts;
import ekiden.mail.receive.imap.LogInLimits;
import ekiden.mail.receive.imap.LogIns;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.SaveRule;
import ekiden.model.definition.UnitName;
import java.io.IOException;
import java.util.List;

/** A mailbox at a server for the {@link Rehearsal} of a process that reads such ones: what it goes through is what their mails will go through. */
final class RehearsedMailbox implements AutoCloseable {
    private static final String MAILBOX = "rehearsal-server";

    private final TrainingMailbox server;
    private final Clock clock;
    private final Tasks tasks;

    /**
     * Opens an empty mailbox on loopback.
     *
     * @throws IOException no port can be had
     */
    RehearsedMailbox(Clock clock, Tasks tasks) throws IOException {
        this.server = new TrainingMailbox(0);
        this.clock = clock;
        this.tasks = tasks;
    }

    /** What is watched. */
    WatchedFolder folder() {
        ImapSettings settings = new ImapSettings(
                new HostPort("127.0.0.1", server.port()),
                Security.NONE,
                Trust.SYSTEM,
                true,
                Authentication.AUTO,
                "INBOX",
                false,
                ImapTimeouts.DEFAULT,
                ImapLimits.DEFAULT);
        ImapMailbox mailbox = new ImapMailbox(settings, new Nobody(), clock, tasks, new LogIns(LogInLimits.DEFAULT));
        ReaderSettings usual = ReaderSettings.DEFAULT;
        ReaderSettings all = new ReaderSettings(
                ReaderSettings.FirstLook.ALL,
                usual.attention(),
                usual.deadline(),
                usual.grace(),
                usual.maxSize(),
                usual.sameContent(),
                usual.renumbered(),
                ReaderLimits.DEFAULT);
        return new WatchedFolder(MAILBOX, "INBOX", all, MAILBOX, mailbox);
    }

    /** Whose start condition each of its mails meets. */
    static Jobnet jobnet() {
        Conditions conditions = new Conditions(List.of("training@localhost"), List.of("練習"), List.of("A line"));
        ReceiveMail start =
                new ReceiveMail(MAILBOX, conditions, SaveRule.DEFAULT, AfterReceive.READ, ReceiveMail.ClaimRule.ALL, 5);
        return new Jobnet(new UnitName("/rehearsal-server"), start, null, Jobnet.Overlap.ALLOW, List.of());
    }

    /** One more mail comes. */
    void deliver() {
        server.deliver();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static final class Nobody implements Credentials {
        @Override
        public String user() {
            return "training";
        }

        @Override
        public Result<Key> key() {
            return Result.ok(new Password(new Secret("training")));
        }
    }
}
