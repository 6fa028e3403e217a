package ekiden.manager;

import ekiden.engine.FileRetention;
import ekiden.engine.FileRetention.Newer;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.Retention;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import ekiden.store.Definitions.Definition;
import ekiden.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the saved files that may go: of each jobnet that has a rule, from its newest run to its oldest, a bounded number of runs at a time. Reads
 * only; the rules are those of the present definition.
 */
public final class FilePruning {
    private static final String START = "start";

    private final Transaction tx;
    private final ProfileRules profiles;
    private final Instant now;
    private final Instant forgottenBefore;

    /**
     * @param tx to read
     * @param profiles what holds where a job does not say
     * @param settings of the manager
     * @param now the time
     */
    public FilePruning(Transaction tx, ProfileRules profiles, ManagerSettings settings, Instant now) {
        this.tx = tx;
        this.profiles = profiles;
        this.now = now;
        this.forgottenBefore = now.minus(settings.keepRuns());
    }

    /** What may go. */
    public enum What {
        /** Saved files of a mail that was taken. */
        FILES,
        /** The bytes of a mail whose files are complete, in the spool. */
        RAW,
        /** A mail in quarantine, with its bytes. */
        QUARANTINE
    }

    /**
     * Something that may go.
     *
     * @param what it is
     * @param claim under which files were saved; null where it is none
     * @param run name of the run, for people; null where it is no files
     * @param mail the mail's number
     * @param folder where files are; null where it is none
     * @param bytes of it, as far as they are known
     * @param why it may go
     */
    public record Item(
            What what,
            @Nullable String claim,
            @Nullable String run,
            long mail,
            @Nullable String folder,
            long bytes,
            FileRetention.Why why) {}

    /**
     * How far a search has come.
     *
     * @param unit the jobnet
     * @param below only runs with lower numbers are still to be looked at
     * @param newer what is newer than those, by job
     * @param mails where the mails themselves are looked at, behind which number; null while it is still files
     */
    public record Position(
            String unit,
            long below,
            Map<String, Newer> newer,
            @Nullable Long mails) {
        /** Copies the map. */
        public Position {
            newer = Map.copyOf(newer);
        }
    }

    /**
     * What was found.
     *
     * @param items that may go
     * @param next where the search goes on; null at its end
     */
    public record Page(List<Item> items, @Nullable Position next) {
        /** Copies the list. */
        public Page {
            items = List.copyOf(items);
        }
    }

    /**
     * @param after only jobnets with names behind this one; empty for all
     * @return where the search of the next jobnet with a rule begins, or empty
     */
    public Optional<Position> first(String after) {
        return tx.definitions().list().stream()
                .filter(definition -> !rules(definition).isEmpty())
                .map(definition -> definition.jobnet().name().value())
                .filter(unit -> unit.compareTo(after) > 0)
                .sorted()
                .findFirst()
                .map(unit -> new Position(unit, Long.MAX_VALUE, Map.of(), null));
    }

    /**
     * @param at where to go on
     * @param runs at most so many are looked at
     * @return what may go of them
     */
    public Page look(Position at, int runs) {
        Map<String, Retention> rules =
                tx.definitions().current(at.unit()).map(this::rules).orElse(Map.of());
        List<Run> page = rules.isEmpty() ? List.of() : tx.runs().below(at.unit(), at.below(), runs);
        Map<String, Newer> newer = new HashMap<>(at.newer());
        List<Item> items = new ArrayList<>();
        for (Run run : page) {
            for (Claim claim : tx.claims().of(run.id())) {
                look(run, claim, rules, newer).ifPresent(items::add);
            }
        }
        Position next = page.size() < runs
                ? first(at.unit()).orElse(null)
                : new Position(at.unit(), page.getLast().number(), newer, null);
        return new Page(items, next);
    }

    private Optional<Item> look(Run run, Claim claim, Map<String, Retention> rules, Map<String, Newer> newer) {
        String job = Objects.requireNonNullElse(claim.job(), START);
        Retention rule = rules.get(job);
        SavedMail saved = FileRetention.files(claim);
        if (rule == null || saved == null) {
            return Optional.empty();
        }
        Newer before = newer.getOrDefault(job, Newer.NONE);
        newer.put(job, before.and(saved));
        return FileRetention.free(run, forgottenBefore)
                ? FileRetention.why(rule, claim, saved, before, now).map(why -> item(claim, run, saved, why))
                : Optional.empty();
    }

    private static Item item(Claim claim, Run run, SavedMail saved, FileRetention.Why why) {
        return new Item(What.FILES, claim.id(), run.label(), claim.mail(), saved.folder(), saved.size(), why);
    }

    /** Whether files of a run wait for their rule: it must be known until then. */
    boolean waits(Run run) {
        Map<String, Retention> rules =
                tx.definitions().current(run.unit()).map(this::rules).orElse(Map.of());
        return !rules.isEmpty()
                && tx.claims().of(run.id()).stream()
                        .anyMatch(claim -> rules.containsKey(Objects.requireNonNullElse(claim.job(), START))
                                && FileRetention.files(claim) != null);
    }

    private Map<String, Retention> rules(Definition definition) {
        Jobnet jobnet = definition.jobnet();
        Map<String, Retention> rules = new HashMap<>();
        put(rules, START, jobnet.start());
        for (Job job : jobnet.jobs()) {
            put(rules, job.name(), job.work() instanceof ReceiveMail receive ? receive : null);
        }
        return rules;
    }

    /** The job's own rule, or that of its profile. */
    private void put(Map<String, Retention> rules, String job, @Nullable ReceiveMail receive) {
        if (receive == null) {
            return;
        }
        Retention own = receive.save().how().retention();
        Retention rule = own == null ? profiles.retention(receive.profile()).orElse(null) : own;
        if (rule != null && !rule.equals(Retention.NEVER)) {
            rules.put(job, rule);
        }
    }
}
