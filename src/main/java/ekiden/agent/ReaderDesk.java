package ekiden.agent;

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
     * Removes spool entries of mails that the catalogue lets go of. Durably, before it hears of that: one that came back would be there without
     * anybody who knows it.
     */
    void discardForGood(List<String> places) {
        if (!places.isEmpty() && ports.spool().deleteForGood(places).isPresent()) {
            ports.tasks().after(ports.settings().retry(), "remove entries again", () -> discardForGood(places));
        }
    }
}
