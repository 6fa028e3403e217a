package ekiden.mail.receive.imap;

import ekiden.base.Result;
import ekiden.mail.receive.FolderState;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.mail.UidSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder into which mails are put, each once. What was put there carries a keyword of ours where the server keeps keywords, so that it can be told from
 * what others put there. One thread at a time; {@link #close} from any, and it ends what is under way.
 */
public final class FilingCabinet implements AutoCloseable {
    /** The keyword of what was put here. */
    public static final String OURS = "$EkidenCopy";

    private static final String SENT_USE = "\\sent";
    private static final String SENT = "Sent";
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d-MMM-uuuu", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ImapConnection connection;
    private final ImapSettings settings;
    private final FolderState folder;
    private volatile boolean over;

    private FilingCabinet(ImapConnection connection, ImapSettings settings, FolderState folder) {
        this.connection = connection;
        this.settings = settings;
        this.folder = folder;
    }

    /** Opens the folder of the settings, after making it where it is missing. */
    static FilingCabinet open(ImapConnection connection, ImapSettings settings, boolean forSentMails) throws ImapStop {
        String name = forSentMails ? sent(connection) : settings.folder();
        ImapSettings named = settings.withFolder(name, false);
        FolderState folder;
        try {
            folder = Select.run(connection, name, false);
        } catch (ImapStop stop) {
            if (!stop.refusal() || stop.message() != ReceiveMessage.NO_FOLDER) {
                throw stop;
            }
            CreateFolder.run(connection, name);
            folder = Select.run(connection, name, false);
        }
        if (folder.readOnly()) {
            throw ImapStop.broken(ReceiveMessage.READ_ONLY, "");
        }
        return new FilingCabinet(connection, named, folder);
    }

    /** RFC 6154 §2. */
    private static String sent(ImapConnection connection) throws ImapStop {
        return ListFolders.run(connection).stream()
                .filter(one -> one.selectable() && one.attributes().contains(SENT_USE))
                .map(ImapFolder::name)
                .findFirst()
                .orElse(SENT);
    }

    /** {@return the folder's name} */
    public String folder() {
        return folder.name();
    }

    /** {@return whether what was put here can be removed again, and nothing else with it} */
    public boolean canRemove() {
        return folder.keywords() && connection.has("UIDPLUS");
    }

    private interface Work<T> {
        T run() throws ImapStop;
    }

    private <T> Result<T> result(Work<T> work) {
        try {
            return Result.ok(work.run());
        } catch (ImapStop stop) {
            if (!stop.refusal()) {
                over = true;
                connection.wire().close();
            }
            return Result.failed(ImapSession.problem(settings, stop));
        }
    }

    /**
     * Whether a mail could be put here, as far as that can be known without one: it can be written to, and where the server tells rights (ACL, RFC 4314 §3.5),
     * we may add to it.
     *
     * @return the folder's name, or why not
     */
    public Result<String> probe() {
        return result(() -> {
            String rights = connection.has("ACL") ? MyRights.run(connection, folder.name()) : null;
            if (rights != null && rights.indexOf('i') < 0) {
                throw ImapStop.refused(ReceiveMessage.READ_ONLY, "MYRIGHTS " + rights);
            }
            return folder.name();
        });
    }

    /** {@return whether it is of no more use} */
    public boolean over() {
        return over;
    }

    /**
     * Puts a mail there, marked as read, unless one with its Message-ID is there already.
     *
     * @param mail what
     * @return whether it was put there now, or why not
     */
    public Result<Boolean> put(Filing mail) {
        return result(() -> {
            UidSet there = search("HEADER Message-ID ", mail.messageId());
            if (!there.isEmpty()) {
                return false;
            }
            Set<String> flags = new LinkedHashSet<>(Set.of("\\Seen"));
            if (folder.keywords()) {
                flags.add(OURS);
            }
            Append.run(connection, folder.name(), flags, mail);
            return true;
        });
    }

    /**
     * Removes what was put here by this class and came before a day, and nothing else.
     *
     * @param before the day in UTC; the server knows its own, so allow one more
     * @return how many were removed, or why none could be
     */
    public Result<Long> removeBefore(Instant before) {
        return result(() -> {
            if (!canRemove()) {
                throw ImapStop.refused(
                        ReceiveMessage.NO_UID_EXPUNGE, connection.has("UIDPLUS") ? "no keywords" : "no UIDPLUS");
            }
            UidSet old = search("KEYWORD " + OURS + " BEFORE " + DAY.format(before), null);
            if (!old.isEmpty()) {
                UidExpunge.run(connection, old);
            }
            return old.size();
        });
    }

    /** With a NOOP before it, as {@link UidSearch} says. */
    private UidSet search(String words, @Nullable String value) throws ImapStop {
        Noop.run(connection);
        connection.searching();
        ImapCommand command = new ImapCommand("UID SEARCH " + words);
        return UidSearch.one(connection, value == null ? command : command.string(value));
    }

    /** Says goodbye; for the thread that uses it. */
    public void leave() {
        if (over) {
            connection.wire().close();
        } else {
            over = true;
            Logout.andClose(connection, settings.server());
        }
    }

    @Override
    public void close() {
        over = true;
        connection.wire().close();
    }
}
