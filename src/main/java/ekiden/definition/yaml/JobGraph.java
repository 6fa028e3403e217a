package ekiden.definition.yaml;

import ekiden.definition.DefinitionMessage;
import ekiden.definition.yaml.JobnetParser.Draft;
import ekiden.model.definition.Work;
import ekiden.yaml.Located;
import ekiden.yaml.Nearest;
import ekiden.yaml.Place;
import ekiden.yaml.YamlFault;
import ekiden.yaml.YamlNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The order between jobs: every need exists, none goes in a circle; and which jobs have ended before another begins. */
final class JobGraph {
    private final Notes notes;
    private final Map<String, Draft> jobs = new LinkedHashMap<>();
    private final boolean started;

    JobGraph(Notes notes, List<Draft> drafts, boolean started) {
        this.notes = notes;
        this.started = started;
        drafts.forEach(draft -> jobs.put(draft.name(), draft));
    }

    /** Checks needs, cycles, and the templates noted so far. */
    void check() {
        jobs.values().forEach(this::checkNeeds);
        cycles();
        new TemplateCheck(notes, this).check();
    }

    /** {@return whether a mail starts the runs} */
    boolean started() {
        return started;
    }

    /** {@return whether there is a job of that name} */
    boolean has(String job) {
        return jobs.containsKey(job);
    }

    /** {@return what a job does, or null where that could not be read} */
    @Nullable
    Work work(String job) {
        Draft draft = jobs.get(job);
        return draft == null ? null : draft.work();
    }

    private void checkNeeds(Draft draft) {
        Set<String> seen = new HashSet<>();
        String where = "jobs." + draft.name() + ".needs";
        for (Located need : draft.needs()) {
            String found = YamlNode.shorten(need.text());
            if (!jobs.containsKey(need.text())) {
                List<String> near = Nearest.sorted(need.text(), jobs.keySet());
                String expected = String.join(", ", near.stream().limit(10).toList());
                notes.add(
                        DefinitionMessage.UNKNOWN_NEED,
                        need.at(),
                        "where",
                        where,
                        "found",
                        found,
                        "expected",
                        expected);
            } else if (!seen.add(need.text())) {
                notes.problems()
                        .fault(
                                YamlFault.DUPLICATE_KEY,
                                need.at(),
                                "where",
                                where,
                                "found",
                                found,
                                "first",
                                need.at().line());
            }
        }
    }

    /** Names one circle for each job that closes one, each circle once. */
    private void cycles() {
        Set<String> done = new HashSet<>();
        for (String job : jobs.keySet()) {
            if (!done.contains(job)) {
                walk(job, done);
            }
        }
    }

    /** Depth first without recursion: jobs may stand in one long chain. */
    private void walk(String first, Set<String> done) {
        List<String> path = new ArrayList<>();
        Deque<Deque<String>> rest = new ArrayDeque<>();
        path.add(first);
        rest.push(needs(first));
        while (!path.isEmpty()) {
            String next = rest.element().poll();
            if (next == null) {
                done.add(path.removeLast());
                rest.pop();
            } else if (path.contains(next)) {
                report(path.subList(path.indexOf(next), path.size()));
            } else if (!done.contains(next)) {
                path.add(next);
                rest.push(needs(next));
            }
        }
    }

    private Deque<String> needs(String job) {
        Deque<String> needs = new ArrayDeque<>();
        Draft draft = jobs.get(job);
        if (draft != null) {
            draft.needs().stream().map(Located::text).filter(jobs::containsKey).forEach(needs::add);
        }
        return needs;
    }

    private void report(List<String> circle) {
        List<String> names = new ArrayList<>(circle);
        names.add(circle.getFirst());
        Draft last = jobs.get(circle.getLast());
        Place at = last == null
                ? Place.START
                : last.needs().stream()
                        .filter(n -> n.text().equals(circle.getFirst()))
                        .findFirst()
                        .map(Located::at)
                        .orElse(last.entry().at());
        String cycle = String.join(" → ", names);
        notes.add(DefinitionMessage.NEEDS_CYCLE, at, "where", "jobs", "cycle", cycle);
    }

    /** {@return all jobs that have ended when this one begins} */
    Set<String> before(String job) {
        Map<String, Boolean> seen = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(needs(job));
        Set<String> before = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            String next = open.pop();
            if (seen.put(next, true) == null) {
                before.add(next);
                open.addAll(needs(next));
            }
        }
        return before;
    }
}
