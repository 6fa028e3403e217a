package ekiden.agent;

import ekiden.model.mail.UidSet;
import java.util.List;

/**
 * What all readers of an agent share.
 *
 * @param ports what the agent stands on
 * @param opener opens mails of the spool
 * @param watchLists the watches of each mailbox
 * @param reports the report queue
 * @param asking asks the manager until it answers
 * @param shortLooks the budget of quick looks
 * @param leftovers bytes that an earlier life or connection had fetched already
 */
record ReaderDesk(
        AgentPorts ports,
        Opener opener,
        WatchLists watchLists,
        ReportQueue reports,
        Asking asking,
        ShortLooks shortLooks,
        Leftovers leftovers) {
    /** Removes a spool entry that nobody needs; what cannot be removed now is tried again. */
    void discard(String place) {
        if (ports.spool().delete(place).isPresent()) {
            ports.tasks().after(ports.settings().retry(), "remove " + place + " again", () -> discard(place));
        }
    }

    /**
     * Removes bytes that were fetched for nothing: of mails under other UIDs, of settled ones, and of those that are gone.
     *
     * @param watched the folder
     * @param uidValidity what its UIDs hold under
     * @param unsettled mails that are there and are still to be read
     */
    void dropLeftovers(WatchedFolder watched, long uidValidity, UidSet unsettled) {
        leftovers
                .takeUseless(
                        watched.mailbox(),
                        watched.folder(),
                        key -> key.uidValidity() != uidValidity || !unsettled.contains(key.uid()))
                .forEach(this::discard);
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
