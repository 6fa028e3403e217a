package ekiden.mail.receive.imap;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.receive.BodySink;
import ekiden.mail.receive.FolderState;
import ekiden.mail.receive.Glimpse;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.ServerFacts;
import ekiden.mail.receive.Wait;
import ekiden.mail.receive.imap.Causes.Asked;
import ekiden.model.mail.UidSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** {@link MailboxSession} over one IMAP connection. */
final class ImapSession implements MailboxSession {

    private final ImapConnection connection;
    private final ImapSettings settings;
    private final FolderState folder;
    private final ServerFacts facts;
    private final Idle idle;
    /** Held while a call runs, so that {@link #close} says goodbye only where nobody is in the middle of something. */
    private final ReentrantLock inUse = new ReentrantLock();

    private volatile boolean over;

    ImapSession(ImapConnection connection, ImapSettings settings, FolderState folder, ServerFacts facts, Clock clock) {
        this.connection = connection;
        this.settings = settings;
        this.folder = folder;
        this.facts = facts;
        this.idle = new Idle(connection, clock);
    }

    @Override
    public FolderState folder() {
        return folder;
    }

    @Override
    public ServerFacts server() {
        return facts;
    }

    /** What one call does. */
    private interface Work<T> {
        T run() throws ImapStop;
    }

    private <T> Result<T> result(Work<T> work) {
        inUse.lock();
        boolean inStep = false;
        try {
            if (over) {
                return Result.failed(problem(settings, ImapStop.broken(ReceiveMessage.LOST, "closed")));
            }
            T value = work.run();
            inStep = true;
            return Result.ok(value);
        } catch (ImapStop stop) {
            inStep = stop.refusal();
            return Result.failed(problem(settings, stop));
        } finally {
            if (!inStep) {
                over = true;
                connection.wire().close();
            }
            inUse.unlock();
        }
    }

    /** What a person is told. */
    static Problem problem(ImapSettings settings, ImapStop stop) {
        Problem elsewhere = stop.problem();
        return elsewhere != null
                ? elsewhere
                : Problem.of(
                        stop.message(),
                        "host",
                        settings.server().host(),
                        "port",
                        settings.server().port(),
                        "folder",
                        settings.folder(),
                        "reply",
                        stop.reply());
    }

    @Override
    public Result<UidSet> search(Wanted wanted, UidSet among) {
        return result(() -> UidSearch.run(connection, wanted, among));
    }

    @Override
    public Result<Boolean> look(UidSet mails, Consumer<Glimpse> each) {
        return result(() -> {
            UidFetchHeaders.run(connection, mails, each);
            return true;
        });
    }

    @Override
    public Result<Boolean> fetch(List<UidSet> chunks, BodySink sink) {
        return result(() -> {
            UidFetchBodies.run(connection, chunks, sink);
            return true;
        });
    }

    @Override
    public Result<Boolean> fetchFrom(long uid, long from, BodySink sink) {
        return result(() -> {
            UidFetchBodies.from(connection, uid, from, sink);
            return true;
        });
    }

    @Override
    public Result<Boolean> addFlags(UidSet mails, Set<String> flags) {
        return result(() -> {
            writable();
            for (String flag : flags) {
                if (!UidStore.writable(flag) || !kept(flag)) {
                    throw ImapStop.refused(
                            ReceiveMessage.NO_KEYWORD, connection.wire().words().shown(flag));
                }
            }
            if (!flags.isEmpty()) {
                UidStore.run(connection, mails, flags, Asked.FLAGS);
            }
            return true;
        });
    }

    private void writable() throws ImapStop {
        if (folder.readOnly()) {
            throw ImapStop.refused(ReceiveMessage.READ_ONLY, "");
        }
    }

    /** Flags have no case (RFC 3501 §2.3.2). */
    private boolean kept(String flag) {
        boolean system = flag.startsWith("\\");
        return (!system && folder.keywords())
                || (system && folder.permanentFlags().contains("\\*"))
                || folder.permanentFlags().stream()
                        .anyMatch(one -> one.toLowerCase(Locale.ROOT).equals(flag.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Result<Boolean> move(UidSet mails, String target) {
        return result(() -> {
            writable();
            if (mails.isEmpty()) {
                return true;
            }
            if (connection.has("MOVE")) {
                UidMove.run(connection, mails, target);
                return true;
            }
            uidExpunge();
            UidSet copied = UidCopy.run(connection, mails, target);
            if (!copied.isEmpty()) {
                UidExpunge.run(connection, copied);
            }
            gone(mails);
            return true;
        });
    }

    private void uidExpunge() throws ImapStop {
        if (!connection.has("UIDPLUS")) {
            throw ImapStop.refused(ReceiveMessage.NO_UID_EXPUNGE, "");
        }
    }

    @Override
    public Result<Boolean> delete(UidSet mails) {
        return result(() -> {
            writable();
            uidExpunge();
            if (!mails.isEmpty()) {
                UidExpunge.run(connection, mails);
                gone(mails);
            }
            return true;
        });
    }

    /** Servers say OK to what they did not do: a folder without the right to remove, a COPY that names no mail. */
    private void gone(UidSet mails) throws ImapStop {
        boolean news = connection.arrived();
        UidSet left = UidSearch.run(connection, Wanted.ALL, mails);
        if (news) {
            connection.arrivedBefore();
        }
        if (!left.isEmpty()) {
            throw ImapStop.refused(ReceiveMessage.NOT_REMOVED, left.size() + "/" + mails.size());
        }
    }

    @Override
    public Result<Woken> await(Wait wait) {
        return await(wait, () -> false);
    }

    @Override
    public Result<Woken> await(Wait wait, BooleanSupplier later) {
        return result(() -> idle.await(wait, later) ? Woken.HINT : Woken.TIME);
    }

    @Override
    public void wake() {
        idle.wake();
    }

    @Override
    public void close() {
        if (!inUse.tryLock()) {
            over = true;
            connection.wire().close();
            return;
        }
        try {
            if (over) {
                connection.wire().close();
            } else {
                over = true;
                Logout.andClose(connection, settings.server());
            }
        } finally {
            inUse.unlock();
        }
    }
}
