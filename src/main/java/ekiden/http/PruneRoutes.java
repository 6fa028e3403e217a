package ekiden.http;

import ekiden.manager.Command;
import ekiden.manager.FilePruning;
import ekiden.manager.Reply;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.RawMail;
import ekiden.store.Store;
import java.util.ArrayList;
import java.util.List;

/** Saved files that may go by the rules of their jobs. */
final class PruneRoutes {
    private static final int MOST_QUARANTINED = 10_000;

    private final Commands commands;
    private final ApiLimits limits;
    private final Store store;
    private final StoredBytes bytes;

    PruneRoutes(ApiBackend backend, Commands commands, ApiLimits limits) {
        this.store = backend.store();
        this.bytes = backend.bytes();
        this.commands = commands;
        this.limits = limits;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/disk", request -> disk()),
                Route.get("/api/v1/prune", request -> prune(true)),
                Route.post("/api/v1/prune", request -> prune(false)));
    }

    /** Bytes in quarantine lie in the spool too: they are told apart. */
    private Response disk() {
        List<CatalogueMail> kept =
                store.read(tx -> tx.mails().list(null, CatalogueMail.State.QUARANTINED, MOST_QUARANTINED));
        long quarantine = 0;
        for (CatalogueMail mail : kept) {
            RawMail raw = mail.raw();
            quarantine += raw == null ? 0 : raw.size();
        }
        StoredBytes.Use use = bytes.use();
        long spool = Math.max(0, use.spool() - quarantine);
        return new Response.Value(
                new Views.DiskUse(spool, quarantine, use.files(), use.attempts(), use.journal(), use.whole()));
    }

    private Response prune(boolean dry) {
        List<FilePruning.Item> items = new ArrayList<>();
        FilePruning.Position from = null;
        int pages = 0;
        do {
            if (commands.carryOut(new Command.Prune(from, dry)) instanceof Reply.Pruned(FilePruning.Page page)) {
                items.addAll(page.items());
                from = page.next();
            }
            pages++;
        } while (from != null && items.size() < limits.listMost() && pages < limits.listMost());
        return new Response.Value(new Views.Pruning(dry, items, from != null));
    }
}
