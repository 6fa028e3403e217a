package ekiden.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What watches say of a mail, in words: a line for each, and one for each of its conditions. */
final class Verdicts {
    private final Session session;

    Verdicts(Session session) {
        this.session = session;
    }

    /** Of {@code mail why}: the watches of an answer. */
    void show(List<Data> watches, String nobody) {
        if (watches.isEmpty()) {
            session.field("field.watch", session.word(nobody));
        }
        for (Data watch : watches) {
            session.field("field.watch", name(watch) + ": " + verdict(watch));
            watch.list("conditions").forEach(this::condition);
        }
    }

    private static String name(Data watch) {
        String job = watch.maybe("job");
        return watch.text("unit") + (job == null ? "" : " " + job);
    }

    private String verdict(Data watch) {
        String lists = watch.texts("lists").stream()
                .map(list -> session.word("why." + list))
                .collect(Collectors.joining(session.word("why.and")));
        return session.word("why." + watch.text("verdict")) + (lists.isEmpty() ? "" : " (" + lists + ")");
    }

    void condition(Data condition) {
        String name = condition.maybe("name");
        List<String> said = new ArrayList<>();
        said.add(session.word("why." + condition.text("list")) + (name == null ? "" : " " + name) + ": "
                + session.word("why." + condition.text("verdict")));
        add(said, "why.wanted", condition.text("wanted"));
        String seen = condition.maybe("seen");
        if (seen != null) {
            add(said, "why.seen", seen.isEmpty() ? session.word("why.nothing") : seen);
        }
        Data parted = condition.inner("parted");
        if (parted != null) {
            parted(said, parted);
        }
        session.field("field.condition", String.join("; ", said));
    }

    private void parted(List<String> said, Data parted) {
        String wanted = parted.text("wanted");
        int agreed = (int) parted.number("agreed");
        if (agreed > 0) {
            String instead = parted.text("instead");
            add(said, "why.agreed", "\"" + wanted.substring(0, Math.min(agreed, wanted.length())) + "\"");
            add(said, "why.instead", instead.isEmpty() ? session.word("why.end") : "\"" + instead + "\"");
        }
    }

    private void add(List<String> said, String word, String value) {
        if (!value.isEmpty()) {
            said.add(session.word(word) + " " + value);
        }
    }
}
