package ekiden.agent;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.mail.receive.MailboxSession;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.UidSet;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all readers of an agent share.
 *
 * @param ports what the agent stands on
 * @param opener opens mails of the spool
 * @param watchLists the watches of each mailbox
 * @param reports the report queue
 * @param asking asks the manager until it answers
 * @param shortLooks the budget of quick looks
 * @param restingLooks how often folders are looked at where nothing happens
 * @param canaries recognises the agent's own canary mails
 * @param budgets how many bytes may be fetched from each server
 * @param lateProofs mails from before a watch that wait for the DNS
 * @param leftovers bytes that an earlier life or connection had fetched already
 */
record ReaderDesk(
        AgentPorts ports,
        Opener opener,
        WatchLists watchLists,
        ReportQueue reports,
        Asking asking,
        ShortLooks shortLooks,
        RestingLooks restingLooks,
        Canaries canaries,
        ByteBudgets budgets,
        LateProofs lateProofs,
        Leftovers leftovers) {
    private static final Logger LOG = LazyLogger.of(ReaderDesk.class);

    /** Removes a spool entry that nobody needs; what cannot be removed now is tried again. */
    void discard(String place) {
        if (ports.spool().delete(place).isPresent()) {
            ports.tasks().after(ports.settings().retry(), "remove " + place + " again", () -> discard(place));
        }
    }

    /**
     * Does work in a folder. What a bug ends is told and given up, so that the folder's mails do not wait behind it: whoever wants it asks again.
     *
     * @return why the session is of no more use, or null
     */
    @Nullable
    Problem run(WatchedFolder watched, FolderWork work, MailboxSession session) {
        try {
            return work.run(session);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError bug) {
            LOG.log(Level.ERROR, "work in " + watched.label() + " ended by a bug", bug);
            String name = bug.getClass().getSimpleName();
            Problem problem = Problem.of(AgentMessage.WORK_BUG, "what", watched.label(), "bug", name);
            reports.alarm(ports.ids().next(), "bug/" + watched.label(), problem);
            work.giveUp();
            return null;
        }
    }

    /** Where a server hinted at a mail, what others only ask gives way to it. */
    void heard(MailboxSession.Woken woken) {
        if (woken == MailboxSession.Woken.HINT) {
            shortLooks.hint(ports.clock().nanos());
        }
    }

    /** Keeps the bytes of a mail, where they are here, for the next time that somebody wants it. */
    void keepForLater(Sighting one) {
        RawMail raw = one.raw();
        if (raw != null) {
            leftovers.put(one.identity, raw, one.glimpse.received());
        }
    }

    /**
     * Removes bytes that were fetched for nothing: of mails that are settled without them, of those whose UIDs hold no more, and of those that have
     * not been there for a while. For others that are not settled a report of the process before can still come.
     *
     * @param watched the folder
     * @param sight what its reader knows of it
     * @param present what the last search found
     */
    void dropLeftovers(WatchedFolder watched, FolderSight sight, UidSet present) {
        Cursor cursor = sight.cursor();
        if (cursor == null || leftovers.isEmpty()) {
            return;
        }
        UidSet absent = sight.absent(present, ports.clock().nanos());
        discardUnknown(leftovers.takeUseless(
                watched.mailbox(),
                watched.folder(),
                key -> key.uidValidity() != cursor.uidValidity()
                        || cursor.settled().contains(key.uid())
                        || absent.contains(key.uid())));
    }

    /**
     * Removes bytes that seem to be of no use. A report whose answer was lost, or of the process before, may have brought just these into the
     * catalogue: so the manager is asked first.
     */
    void discardUnknown(List<String> places) {
        if (!places.isEmpty()) {
            asking.<Set<String>>ask(
                    "which fetched bytes are unknown",
                    () -> true,
                    answer -> ports.manager().unknown(places, answer),
                    unknown -> places.stream().filter(unknown::contains).forEach(this::discard));
        }
    }

    /**
     * Removes spool entries of mails that the catalogue lets go of. Durably, before it hears of that: one that came back would be there without
     * anybody who knows it, and so would one whose removal did not succeed before the process ends.
     *
     * @param places their names
     * @param gone called once, when they are gone
     */
    void discardForGood(List<String> places, Runnable gone) {
        if (!places.isEmpty() && ports.spool().deleteForGood(places).isPresent()) {
            ports.tasks().after(ports.settings().retry(), "remove entries again", () -> discardForGood(places, gone));
            return;
        }
        gone.run();
    }
}
