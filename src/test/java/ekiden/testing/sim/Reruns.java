package ekiden.testing.sim;

import ekiden.model.run.AttemptId;
import ekiden.model.run.Rerun;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a person has had executed once more, whether or not it was done. */
final class Reruns {
    /** All that was ever asked: a person who changes his mind may find the first wish fulfilled. */
    private final Map<String, Set<Rerun.How>> asked = new LinkedHashMap<>();

    void asked(AttemptId attempt, Rerun.How how) {
        asked.computeIfAbsent(attempt.toString(), first -> EnumSet.noneOf(Rerun.How.class))
                .add(how);
    }

    /** Whether another attempt behind this one may be there because a person wanted it. */
    boolean wanted(AttemptId attempt) {
        return asked.containsKey(attempt.toString());
    }

    /** Whether a mail that may have arrived was to be sent again. */
    boolean resent(String attempt) {
        return asked.getOrDefault(attempt, Set.of()).contains(Rerun.How.RESEND);
    }
}
