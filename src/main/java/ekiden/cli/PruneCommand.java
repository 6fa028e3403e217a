package ekiden.cli;

import ekiden.base.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code ekiden mail prune}: lets saved files go whose time is over by the rules of their jobs, and says which and why. */
final class PruneCommand {
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private PruneCommand() {}

    static Leaf prune() {
        return new Leaf(
                "mail prune", List.of(), List.of(Opt.flag("--dry-run"), Opt.JSON, Opt.HOME), (arguments, session) -> {
                    boolean dry = arguments.flag("--dry-run");
                    Data found = session.data(
                            dry
                                    ? session.client().get("/prune", LONGEST)
                                    : session.client().post("/prune", Map.of(), LONGEST));
                    List<Data> items = found.list("items");
                    if (session.json()) {
                        items.forEach(item -> session.print(item.json()));
                    } else {
                        print(session, items, dry);
                        print(session, session.data(session.client().get("/disk", LONGEST)));
                    }
                    return ExitCode.DONE;
                });
    }

    private static void print(Session session, Data disk) {
        Table table = new Table().name(session.word("col.what")).whole(session.word("col.bytes"));
        for (String kind : List.of("spool", "quarantine", "files", "attempts", "journal")) {
            table.row(session.word("prune." + kind), disk.text(kind));
        }
        session.print("");
        session.print(table, "");
        if (!disk.flag("whole")) {
            session.print(session.word("prune.part"));
        }
    }

    private static void print(Session session, List<Data> items, boolean dry) {
        Table table = new Table()
                .whole(session.word("col.what"))
                .name(session.word("col.run"))
                .whole(session.word("col.mail"))
                .whole(session.word("col.bytes"))
                .whole(session.word("col.because"))
                .cut(session.word("col.folder"));
        long bytes = 0;
        for (Data item : items) {
            bytes += item.number("bytes");
            table.row(
                    session.word("prune." + item.text("what")),
                    item.text("run"),
                    item.text("mail"),
                    item.text("bytes"),
                    session.word("prune." + item.text("why")),
                    item.text("folder"));
        }
        session.print(table, session.word("prune.none"));
        if (!items.isEmpty()) {
            session.print(items.size() + " " + session.word(dry ? "prune.would" : "prune.goes") + ", " + bytes + " "
                    + session.word("prune.bytes"));
        }
    }
}
