package ekiden.http;

import ekiden.manager.Command;
import ekiden.manager.FilePruning;
import ekiden.manager.Reply;
import java.util.ArrayList;
import java.util.List;

/** Saved files that may go by the rules of their jobs. */
final class PruneRoutes {
    private final Commands commands;
    private final ApiLimits limits;

    PruneRoutes(Commands commands, ApiLimits limits) {
        this.commands = commands;
        this.limits = limits;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/prune", request -> prune(true)),
                Route.post("/api/v1/prune", request -> prune(false)));
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
