package ekiden.agent;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolEntry;
import ekiden.mail.spool.SpoolMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What lies in the spool when a process starts. An entry without a verdict that the catalogue does not know was never answered with a 250:
 * it goes through (again). One whose verdict was noted and that the catalogue does not know was answered: the catalogue is older than the
 * spool, which a person must see; it begins nothing. Names are looked at page by page, and only entries of the first kind are read. Nothing
 * in the folder keeps a process from starting. Safe from any thread; one look for each life.
 */
final class SpoolLook {
    /** Names of one question to the manager. */
    private static final int PAGE = 1_000;

    private final AgentPorts ports;
    private final Spool spool;
    private final ReportQueue reports;
    private final Asking asking;
    private final BooleanSupplier going;
    private final Consumer<SpoolEntry> takeUp;
    private final List<String> unreadable = new ArrayList<>();
    private @Nullable Problem unreadableBecause;
    /** The process before may have told it. */
    private boolean told = true;

    /**
     * @param going whether the agent still works
     * @param takeUp takes an entry that nobody was told of, and returns when it was opened: a mail that ends the process must not leave its
     *     opening mark on innocent ones
     */
    SpoolLook(AgentPorts ports, ReportQueue reports, BooleanSupplier going, Consumer<SpoolEntry> takeUp) {
        this.ports = ports;
        this.spool = ports.spool();
        this.reports = reports;
        this.asking = new Asking(ports.tasks(), ports.settings().askAgain());
        this.going = going;
        this.takeUp = takeUp;
    }

    /**
     * Looks at what the process before left.
     *
     * @param takenUp called once, when all that was left without a verdict has been taken up
     */
    void start(Runnable takenUp) {
        List<String> unsettled = spool.unsettled();
        ports.tasks().run("look at the spool", () -> {
            alarm("spool/strange", spool.strange().orElse(null));
            goThrough(unsettled, 0, () -> {
                takenUp.run();
                ports.tasks().after(ports.settings().sweep(), "look at the settled", this::lookAtSettled);
            });
        });
    }

    private void goThrough(List<String> places, int from, Runnable then) {
        if (from >= places.size()) {
            tellUnreadable();
            then.run();
            return;
        }
        List<String> page = page(places, from);
        ask(page, unknown -> {
            page.forEach(place -> goThrough(place, unknown.contains(place)));
            goThrough(places, from + PAGE, then);
        });
    }

    private void ask(List<String> page, Consumer<Set<String>> answer) {
        asking.<Set<String>>ask(
                "which entries are unknown",
                going::getAsBoolean,
                taker -> ports.manager().unknown(page, taker),
                unknown -> ports.tasks().run("look at the spool", () -> answer.accept(unknown)));
    }

    private static List<String> page(List<String> places, int from) {
        return places.subList(from, Math.min(places.size(), from + PAGE));
    }

    private void goThrough(String place, boolean unknown) {
        if (!unknown) {
            spool.markKept(place);
            return;
        }
        switch (spool.entry(place)) {
            case Result.Ok<SpoolEntry>(SpoolEntry entry) -> takeUp.accept(entry);
            case Result.Failed<SpoolEntry>(Problem problem) when problem.id().equals(SpoolMessage.NOT_FOUND.id()) -> {}
            case Result.Failed<SpoolEntry>(Problem problem)
            when problem.id().equals(SpoolMessage.DAMAGED.id())
                    && spool.quarantine(place, problem).isEmpty() -> alarm("spool/" + place, problem);
            case Result.Failed<SpoolEntry>(Problem problem) -> {
                unreadable.add(place);
                unreadableBecause = problem;
            }
        }
    }

    /** What cannot be read now may be readable later. One alarm, however many they are. */
    private void tellUnreadable() {
        List<String> later = List.copyOf(unreadable);
        unreadable.clear();
        if (told || !later.isEmpty()) {
            alarm("spool/unreadable", later.isEmpty() ? null : unreadableBecause);
        }
        told = !later.isEmpty();
        if (told) {
            ports.tasks()
                    .after(
                            ports.settings().sweep(),
                            "read what could not be read",
                            () -> goThrough(later, 0, () -> {}));
        }
    }

    private void lookAtSettled() {
        switch (spool.settled()) {
            case Result.Ok<List<String>>(List<String> places) -> lookAtSettled(places, 0, new ArrayList<>());
            case Result.Failed<List<String>>(Problem problem) -> alarm("spool/settled", problem);
        }
    }

    /** An entry that was released meanwhile is gone before the catalogue lets go of it. */
    private void lookAtSettled(List<String> places, int from, List<String> missing) {
        if (from >= places.size()) {
            alarm("spool/settled", missing.isEmpty() ? null : older(missing));
            return;
        }
        List<String> page = page(places, from);
        ask(page, unknown -> {
            page.stream().filter(unknown::contains).filter(spool::has).forEach(missing::add);
            lookAtSettled(places, from + PAGE, missing);
        });
    }

    private Problem older(List<String> missing) {
        return Problem.of(
                SpoolMessage.STORE_OLDER,
                "folder",
                spool.folder(),
                "count",
                missing.size(),
                "place",
                missing.getFirst());
    }

    /** The end of an alarm that a former process raised can wait: mails that come right after the start go first. */
    private void alarm(String key, @Nullable Problem problem) {
        if (problem != null) {
            reports.alarm(ports.ids().next(), key, problem);
            return;
        }
        ports.tasks()
                .after(
                        ports.settings().sweep(),
                        "alarm is over",
                        () -> reports.alarm(ports.ids().next(), key, null));
    }
}
