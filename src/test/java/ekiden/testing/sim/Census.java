package ekiden.testing.sim;

import ekiden.model.mail.CatalogueMail;
import ekiden.model.run.Run;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what happened, so that one can see that the worlds are not empty. */
final class Census {
    private final Map<String, Long> counts = new TreeMap<>();

    void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    /** How everything in a world ended. */
    void ends(SimWorld world) {
        for (Run run : world.runs()) {
            count("run " + run.status());
            run.jobs().forEach(job -> count("job " + job.status()));
        }
        for (CatalogueMail mail : world.mails()) {
            count("mail " + mail.state());
            if (world.store.read(tx -> !tx.mails().joins(mail.id()).isEmpty())) {
                count("mail joined");
            }
        }
        world.claims().forEach(claim -> count("claim " + claim.rule() + " " + claim.state()));
    }

    synchronized void add(Census other) {
        other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }

    @Override
    public synchronized String toString() {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(" · "));
    }
}
