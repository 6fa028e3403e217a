package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.ExitCode;
import ekiden.base.LazyLogger;
import ekiden.base.Result;
import ekiden.base.ThreadTasks;
import ekiden.config.HomePaths;
import ekiden.config.RunLimits;
import ekiden.config.StoreSettings;
import ekiden.disk.FileDisk;
import ekiden.mail.receive.smtpd.SmtpdListener;
import ekiden.mail.receive.smtpd.SmtpdSettings;
import ekiden.mail.send.Attachment;
import ekiden.mail.send.ComposeLimits;
import ekiden.mail.send.Composer;
import ekiden.mail.send.MailDraft;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendProgress;
import ekiden.mail.send.smtp.PoolLimits;
import ekiden.mail.send.smtp.SmtpPool;
import ekiden.mail.send.smtp.SmtpSettings;
import ekiden.manager.Command;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SaveRule;
import ekiden.model.definition.UnitName;
import ekiden.model.mail.Address;
import ekiden.store.Store;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Before a process takes mail it holds a rehearsal: mails of its own go through listener, spool, reader, store, files and command in a
 * folder of its own, which is removed afterwards. So the first real mail finds everything loaded (and is never held up, or left half opened, by a cold
 * reader), and a home in which nothing can work is noticed before a sender is told that his mail is safe. A few more mails follow when the
 * process is there already, on the same home opened anew, one after another, and as many through a {@link RehearsedMailbox} where the process reads mailboxes at servers: what they
 * pass through is compiled by then. Its failure is logged, not fatal: the real
 * thing has its own checks.
 *
 * <p>{@link #begin}, then {@link #goOn}; {@link #close} may come at any time from any thread.
 */
final class Rehearsal implements AutoCloseable {
    private static final System.Logger LOG = LazyLogger.of(Rehearsal.class);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    /** With the first one classes are loaded and linked; the second one takes the way that all others will. */
    private static final int FIRST = 2;
    /** In all: so many that the methods on the way of a mail are compiled, so few that it is over within about two seconds. */
    static final int MAILS = 16;

    private static final String MAILBOX = "rehearsal";
    private static final String RECIPIENT = "rehearsal@localhost";
    private static final Address SENDER = new Address("リハーサル", "ekiden@localhost");

    private final HomePaths paths;
    private final Clock clock;
    /** One permit for each run that has ended. */
    private final Semaphore ended = new Semaphore(0);

    private final AtomicInteger seen = new AtomicInteger();
    private @Nullable Works works;
    private @Nullable RehearsedMailbox mailbox;
    private boolean over;
    /** Set without the lock, which whoever passes a mail through holds. */
    private volatile boolean stopped;

    private Rehearsal(HomePaths paths, Clock clock) {
        this.paths = paths;
        this.clock = clock;
    }

    /** Holds the part of it that comes before the first real mail, below the home. */
    static Rehearsal begin(HomePaths home, Clock clock) {
        Path folder = home.folder().resolve("rehearsal");
        Rehearsal rehearsal = new Rehearsal(new HomePaths(folder), clock);
        try {
            TemporaryFolder.remove(folder);
            Files.createDirectories(folder);
            if (!rehearsal.open() || !rehearsal.define(jobnet()) || !rehearsal.pass(FIRST)) {
                rehearsal.close();
            }
        } catch (IOException wrong) {
            LOG.log(Level.WARNING, "the rehearsal failed", wrong);
            rehearsal.close();
        }
        return rehearsal;
    }

    /**
     * Holds the rest of it, and ends it.
     *
     * @param servers whether the process reads mailboxes at servers
     */
    void goOn(boolean servers) {
        try {
            goOnUnlessOver(servers);
        } catch (IOException wrong) {
            LOG.log(Level.WARNING, "the rehearsal failed", wrong);
        } finally {
            boolean processGoesOn = !stopped;
            close();
            if (processGoesOn) {
                settle();
            }
        }
    }

    /**
     * What was made for good since the start moves out of the way of the collector now, in one pause while nobody waits: it would stop the first
     * mails instead, several times, and for as long.
     */
    private static void settle() {
        System.gc();
    }

    private synchronized void goOnUnlessOver(boolean servers) throws IOException {
        if (!over && again() && pass(MAILS - FIRST) && servers) {
            read();
        }
    }

    /** As after a restart: what a process has written itself it never has to read. */
    private boolean again() {
        Objects.requireNonNull(works).close();
        works = null;
        return open();
    }

    private void read() throws IOException {
        Works present = Objects.requireNonNull(works);
        RehearsedMailbox opened = new RehearsedMailbox(clock, present.tasks());
        mailbox = opened;
        if (!define(RehearsedMailbox.jobnet())) {
            return;
        }
        present.agent().read(List.of(opened.folder()));
        boolean goesOn = true;
        for (int mail = 0; mail < MAILS && !stopped && goesOn; mail++) {
            opened.deliver();
            goesOn = oneEnded();
        }
    }

    private boolean define(Jobnet jobnet) {
        Works present = Objects.requireNonNull(works);
        CountDownLatch defined = new CountDownLatch(1);
        present.inbox()
                .put(
                        new Command.Define(
                                present.ids().next(), jobnet, paths.folder().toString()),
                        reply -> defined.countDown());
        return await(defined);
    }

    private boolean open() {
        StoreSettings.Sqlite store = new StoreSettings.Sqlite(paths.database());
        ThreadTasks tasks = new ThreadTasks();
        Result<Works> made = Stores.open(store, clock)
                .then(opened -> Works.on(new Works.Ground(
                        paths,
                        opened,
                        profile -> Result.failed(SendMessage.NO_CONNECTION),
                        profile -> Optional.empty(),
                        new ProfileTrust(Map::of, paths.folder(), clock),
                        profile -> Optional.empty(),
                        RunLimits.DEFAULT,
                        clock,
                        tasks,
                        () -> count(opened),
                        SmtpdListener.NONE)));
        if (!(made instanceof Result.Ok<Works>(Works opened))) {
            LOG.log(Level.WARNING, "the rehearsal cannot begin: {0}", made);
            return false;
        }
        works = opened;
        SmtpdSettings listener = SmtpdSettings.loopback(0, Map.of(RECIPIENT, MAILBOX));
        opened.start(new Works.Wanted(List.of(MAILBOX), List.of(listener), List.of(), List.of()));
        return !opened.listeners().isEmpty();
    }

    private void count(Store store) {
        int now = (int) store.read(tx -> tx.runs().list(null, 2 * MAILS)).stream()
                .filter(run -> run.status().ended())
                .count();
        ended.release(Math.max(0, now - seen.getAndUpdate(before -> Math.max(before, now))));
    }

    private boolean pass(int mails) throws IOException {
        Works present = Objects.requireNonNull(works);
        for (int mail = 0; mail < mails && !stopped; mail++) {
            send(present);
            if (!oneEnded()) {
                return false;
            }
        }
        return true;
    }

    private boolean oneEnded() {
        try {
            boolean in = ended.tryAcquire(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            if (!in) {
                LOG.log(Level.WARNING, "a mail of the rehearsal did not come to its end within {0}", DEADLINE);
            }
            return in;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends it behind the mail that is on its way, so that nothing works in its folder any more, and removes that. */
    @Override
    public void close() {
        stopped = true;
        end();
    }

    private synchronized void end() {
        if (over) {
            return;
        }
        over = true;
        Works present = works;
        if (present != null) {
            present.close();
        }
        try {
            if (mailbox != null) {
                mailbox.close();
            }
            TemporaryFolder.remove(paths.folder());
        } catch (IOException left) {
            LOG.log(Level.DEBUG, "what the rehearsal left is removed at the next start", left);
        }
    }

    /** {@return how many runs have ended} */
    int ended() {
        return seen.get();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Jobnet jobnet() {
        Conditions conditions = new Conditions(List.of(SENDER.address()), List.of("リハーサル"), List.of("rehearsal"));
        ReceiveMail start =
                new ReceiveMail(MAILBOX, conditions, SaveRule.DEFAULT, AfterReceive.READ, ReceiveMail.ClaimRule.ALL, 5);
        RunCommand command =
                new RunCommand(List.of("true", "${start.attachments}"), Map.of(), null, 0, ExitCode.WARNING.code());
        Job job = new Job("true", List.of(), command, Duration.ofMinutes(1), Job.OnTimeout.KILL);
        return new Jobnet(new UnitName("/rehearsal"), start, null, Jobnet.Overlap.QUEUE, List.of(job));
    }

    private void send(Works works) throws IOException {
        Path attachment = paths.folder().resolve("リハーサル.txt");
        Files.writeString(attachment, "rehearsal\n".repeat(50), StandardCharsets.UTF_8);
        MailDraft draft = new MailDraft(
                SENDER,
                List.of(new Address(null, RECIPIENT)),
                List.of(),
                List.of(),
                "リハーサル",
                "rehearsal リハーサル\n",
                List.of(Attachment.of(attachment)),
                "<" + works.ids().next() + "@localhost>",
                clock.now().atOffset(ZoneOffset.UTC),
                null,
                List.of(),
                null);
        FileDisk disk = new FileDisk();
        SmtpSettings server = SmtpSettings.plain(
                SmtpdSettings.LOOPBACK, works.listeners().getFirst().port());
        try (SmtpPool client = new SmtpPool(server, PoolLimits.DEFAULT, () -> Result.ok(""), clock, works.tasks())) {
            new Composer(disk, ComposeLimits.DEFAULT)
                    .compose(draft, paths.folder().resolve("rehearsal.eml"))
                    .then(mail -> Result.ok(client.submit(mail.outgoing(disk), SendProgress.NONE)));
        }
    }
}
