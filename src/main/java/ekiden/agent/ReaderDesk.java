package ekiden.agent;

import ekiden.model.mail.Cursor;
import java.util.List;
import java.util.Set;

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
        Leftovers leftovers) {
    /** Removes a spool entry that nobody needs; what cannot be removed now is tried again. */
    void discard(String place) {
        if (ports.spool().delete(place).isPresent()) {
            ports.tasks().after(ports.settings().retry(), "remove " + place + " again", () -> discard(place));
        }
    }

    /**
     * Removes bytes that were fetched for nothing: of mails that are settled without them, and of those whose UIDs hold no more. A report of
     * the process before that came late may have brought just these bytes into the catalogue: so the manager is asked once more. For a mail
     * that is not settled such a report can still come.
     *
     * @param watched the folder
     * @param cursor how far it is settled
     */
    void dropLeftovers(WatchedFolder watched, Cursor cursor) {
        List<String> useless = leftovers.takeUseless(
                watched.mailbox(),
                watched.folder(),
                key -> key.uidValidity() != cursor.uidValidity()
                        || cursor.settled().contains(key.uid()));
        if (!useless.isEmpty()) {
            asking.<Set<String>>ask(
                    "which fetched bytes are unknown",
                    () -> true,
                    answer -> ports.manager().unknown(useless, answer),
                    unknown -> useless.stream().filter(unknown::contains).forEach(this::discard));
        }
    }

    /**
     * Removes spool entries of mails that the catalogue lets go of. Durably, before it hears of that: one that came back would be there without
     * anybody who knows it.
     */
    void discardForGood(List<String> places) {
        if (!places.isEmpty() && ports.spool().deleteForGood(places).isPresent()) {
            ports.tasks().after(ports.settings().retry(), "remove entries again", () -> discardForGood(places));
        }
    }
}
