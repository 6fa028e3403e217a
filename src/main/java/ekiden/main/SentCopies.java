package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.disk.Disk;
import ekiden.mail.profile.SentCopy;
import ekiden.mail.receive.imap.FilingCabinet;
import ekiden.mail.receive.imap.ImapMailbox;
import ekiden.mail.send.MailQueue;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.MaildirCopies;
import ekiden.mail.send.MboxCopies;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import ekiden.mail.send.SentCopyLimits;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Keeps copies of the mails that profiles send. That one cannot be kept changes nothing for its mail; it is told until one can. Safe from any thread. */
final class SentCopies implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(SentCopies.class);

    /** What the keys of its alarms begin with. */
    static final String ALARM = "sent-copy/";

    private final Disk disk;
    private final Path home;
    private final Clock clock;
    private final ImapMailboxes imap;
    private final Tasks tasks;
    private final Map<SentCopy.Maildir, MaildirCopies> maildirs = new ConcurrentHashMap<>();
    private final Map<Path, MboxCopies> mboxes = new ConcurrentHashMap<>();
    private final Map<SentCopy.Imap, ImapCopies> folders = new ConcurrentHashMap<>();
    private final Map<String, Problem> open = new ConcurrentHashMap<>();

    /** What has gone wrong at any time, by profile and message. */
    private final Map<String, Missed> missed = new ConcurrentHashMap<>();

    /** The first time, and how often in all. */
    private record Missed(String profile, Problem first, int count) {
        Missed and(Missed more) {
            return new Missed(profile, first, count + more.count);
        }
    }

    SentCopies(Disk disk, Path home, Clock clock, ImapMailboxes imap, Tasks tasks) {
        this.disk = disk;
        this.home = home;
        this.clock = clock;
        this.imap = imap;
        this.tasks = tasks;
    }

    /** {@return what is wrong now, by the keys of its alarms} */
    Map<String, Problem> problems() {
        return new TreeMap<>(open);
    }

    /** {@return what has gone wrong since the begin, each told once, with the number of copies that are missing} */
    List<Problem> missed() {
        List<Problem> all = new ArrayList<>();
        for (Missed one : new TreeMap<>(missed).values()) {
            all.add(one.first());
            if (one.count() > 1 && one.first().id().equals(SendMessage.NO_SENT_COPY.id())) {
                all.add(Problem.of(SendMessage.SENT_COPIES_MISSING, "profile", one.profile(), "count", one.count()));
            }
        }
        return all;
    }

    /** {@return a sender that keeps a copy of what was accepted, for some or for all, or queued} */
    MailSender around(String profile, SentCopy copy, MailSender sender) {
        return new MailSender() {
            @Override
            public SendOutcome submit(OutgoingMail mail, SendProgress progress) {
                SendOutcome outcome = sender.submit(mail, progress);
                if (sent(outcome)) {
                    // a copy may take a while: whoever has to know of the mail knows it before
                    progress.answered(outcome);
                    keep(profile, copy, mail);
                }
                return outcome;
            }

            @Override
            public int atOnce() {
                return sender.atOnce();
            }

            @Override
            public @Nullable MailQueue queue() {
                return sender.queue();
            }
        };
    }

    private static boolean sent(SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Accepted ignored -> true;
            case SendOutcome.PerRecipient ignored -> true;
            case SendOutcome.Queued ignored -> true;
            case SendOutcome.Refused ignored -> false;
            case SendOutcome.Failed ignored -> false;
            case SendOutcome.Uncertain ignored -> false;
        };
    }

    private void keep(String profile, SentCopy copy, OutgoingMail mail) {
        Problem problem = tried(profile, copy, mail);
        if (problem == null) {
            open.remove(ALARM + profile);
        } else {
            open.put(ALARM + profile, problem);
            missed.merge(profile + " " + problem.id(), new Missed(profile, problem, 1), Missed::and);
        }
    }

    /** Whatever lies there, and whatever breaks: the mail is sent, and whoever sent it has to know that. */
    private @Nullable Problem tried(String profile, SentCopy copy, OutgoingMail mail) {
        try {
            return switch (copy) {
                case SentCopy.Maildir maildir ->
                    onDisk(
                            profile,
                            place(maildir),
                            mail,
                            (path, now) -> copies(maildir, path).keep(mail, now));
                case SentCopy.Mbox mbox ->
                    onDisk(
                            profile,
                            place(mbox),
                            mail,
                            (path, now) -> copies(path).keep(mail, mbox.age(), now));
                case SentCopy.Imap folder -> atServer(profile, folder, mail);
            };
        } catch (RuntimeException broken) {
            LOG.log(Level.WARNING, "a copy of a sent mail broke off", broken);
            Object place = switch (copy) {
                case SentCopy.Maildir maildir -> place(maildir);
                case SentCopy.Mbox mbox -> place(mbox);
                case SentCopy.Imap folder -> place(folder);
            };
            return problem(
                    SendMessage.NO_SENT_COPY,
                    profile,
                    place,
                    mail,
                    broken.getClass().getSimpleName());
        }
    }

    private Path place(SentCopy.Maildir maildir) {
        return home.resolve(maildir.folder());
    }

    private Path place(SentCopy.Mbox mbox) {
        return home.resolve(mbox.file()).normalize();
    }

    private MaildirCopies copies(SentCopy.Maildir maildir, Path path) {
        return maildirs.computeIfAbsent(maildir, made -> new MaildirCopies(disk, path, made.age()));
    }

    private MboxCopies copies(Path mbox) {
        return mboxes.computeIfAbsent(mbox, made -> new MboxCopies(disk, made, SentCopyLimits.DEFAULT, clock));
    }

    /** Whether a copy could be kept now; none is, but what is made where it is missing is made. {@return where} */
    Result<String> probe(String profile, SentCopy copy) {
        return switch (copy) {
            case SentCopy.Maildir maildir ->
                probe(
                        profile,
                        place(maildir),
                        (path, now) -> copies(maildir, path).probe());
            case SentCopy.Mbox mbox ->
                probe(profile, place(mbox), (path, now) -> copies(path).probe());
            case SentCopy.Imap folder ->
                switch (filing(folder).then(SentCopies::probe)) {
                    case Result.Ok<String>(String name) ->
                        Result.ok(name + " (" + folder.server().server() + ")");
                    case Result.Failed<String>(Problem problem) ->
                        Result.failed(
                                SendMessage.NO_PLACE_FOR_COPIES,
                                "profile",
                                profile,
                                "folder",
                                place(folder),
                                "reason",
                                reason(problem));
                };
        };
    }

    private Result<String> probe(String profile, Path path, Keeping trying) {
        try {
            trying.keep(path, clock.now());
            return Result.ok(path.toString());
        } catch (IOException failed) {
            return Result.failed(
                    SendMessage.NO_PLACE_FOR_COPIES, "profile", profile, "folder", path, "reason", Reason.of(failed));
        }
    }

    private static Result<String> probe(FilingCabinet cabinet) {
        Result<String> probed = cabinet.probe();
        cabinet.leave();
        return probed;
    }

    private interface Keeping {
        void keep(Path path, Instant now) throws IOException;
    }

    private @Nullable Problem onDisk(String profile, Path path, OutgoingMail mail, Keeping keeping) {
        try {
            keeping.keep(path, clock.now());
            return null;
        } catch (IOException failed) {
            return problem(SendMessage.NO_SENT_COPY, profile, path, mail, Reason.of(failed));
        }
    }

    private static Problem problem(MessageId message, String profile, Object folder, OutgoingMail mail, String reason) {
        return Problem.of(
                message, "profile", profile, "folder", folder, "messageId", mail.messageId(), "reason", reason);
    }

    private @Nullable Problem atServer(String profile, SentCopy.Imap copy, OutgoingMail mail) {
        ImapCopies.Kept kept = folders.computeIfAbsent(copy, this::folder).keep(mail, clock.now(), copy.within());
        String place = place(copy);
        return switch (kept) {
            case ImapCopies.Kept.Yes(Problem notRemoved) ->
                notRemoved == null
                        ? null
                        : problem(SendMessage.SENT_COPY_STAYS, profile, place, mail, reason(notRemoved));
            case ImapCopies.Kept.No(Problem problem) ->
                problem(SendMessage.NO_SENT_COPY, profile, place, mail, reason(problem));
            case ImapCopies.Kept.Late(Duration waited) ->
                problem(SendMessage.NO_SENT_COPY, profile, place, mail, "not within " + waited.toSeconds() + " s");
        };
    }

    private static String reason(Problem problem) {
        return (problem.id() + " " + problem.values().getOrDefault("reply", "")).strip();
    }

    private static String place(SentCopy.Imap copy) {
        return copy.folder() + " (" + copy.server().server() + ")";
    }

    private ImapCopies folder(SentCopy.Imap copy) {
        return new ImapCopies(() -> filing(copy), copy.age(), tasks);
    }

    private Result<FilingCabinet> filing(SentCopy.Imap copy) {
        boolean special = copy.folder().equals(SentCopy.Imap.SENT);
        return imap.mailbox(copy.server(), copy.folder(), copy.within())
                .then((ImapMailbox mailbox) -> mailbox.filing(special));
    }

    /** Ends the connections. */
    @Override
    public void close() {
        Closing closing = new Closing();
        folders.values().forEach(one -> closing.close("copies", one));
    }
}
