package ekiden.main;

import ekiden.config.HomePaths;
import ekiden.model.run.Claim;
import ekiden.model.run.JobRun;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where mails stood when a process was killed, read from what it left on the disk. */
enum Stage {
    /** Bytes were coming in. */
    RECEIVING,
    /** In the spool, not in the catalogue: no 250 yet. */
    SPOOLED,
    /** Claimed, files not complete. */
    SAVING,
    /** The run has begun, the command has not been noted as started. */
    ASSIGNED,
    /** The command runs, or has ended unseen. */
    RUNNING,
    /** The run waits for another one or has more to do. */
    QUEUED;

    /** Where the mails of a home stand; each run is the unit's and has one job, {@code load}. */
    static Map<Stage, Integer> of(Path home, String unit) {
        Map<Stage, Integer> found = new EnumMap<>(Stage.class);
        HomePaths paths = new HomePaths(home);
        List<String> entries = names(paths.spool());
        found.put(RECEIVING, (int)
                entries.stream().filter(n -> n.endsWith(".part")).count());
        HomeStore.look(home, store -> {
            count(store, entries, found, paths, unit);
            return true;
        });
        return found;
    }

    private static void count(
            Store store, List<String> entries, Map<Stage, Integer> found, HomePaths paths, String unit) {
        found.put(SPOOLED, (int) entries.stream()
                .filter(name -> !name.endsWith(".part") && name.contains("."))
                .map(name -> name.substring(0, name.indexOf('.')))
                .filter(place -> store.read(tx -> tx.mails().at(place)).isEmpty())
                .count());
        for (Run run : store.read(tx -> tx.runs().list(unit, 10_000))) {
            Stage stage = of(store, run, paths);
            if (stage != null) {
                found.merge(stage, 1, Integer::sum);
            }
        }
    }

    private static @Nullable Stage of(Store store, Run run, HomePaths paths) {
        if (run.status() == RunStatus.PREPARING) {
            Claim claim = store.read(tx -> tx.claims().find(Objects.requireNonNull(run.claim())))
                    .orElseThrow();
            return claim.state() == Claim.State.TAKEN ? SAVING : null;
        }
        if (run.status() == RunStatus.QUEUED) {
            return QUEUED;
        }
        JobRun job = run.job("load");
        if (job.status() != JobStatus.QUEUED && job.status() != JobStatus.RUNNING) {
            return null;
        }
        Path folder = paths.attempts().resolve(run.id() + "/load/" + job.attempt());
        return Files.exists(folder.resolve("started")) ? RUNNING : ASSIGNED;
    }

    static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
