package ekiden.testing.sim;

import ekiden.model.run.AttemptId;
import ekiden.model.run.Rerun;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a person has had executed once more, whether or not it was done. */
final class Reruns {
    private final Map<String, Rerun.How> asked = new LinkedHashMap<>();

    void asked(AttemptId attempt, Rerun.How how) {
        asked.put(attempt.toString(), how);
    }

    /** Whether another attempt behind this one may be there because a person wanted it. */
    boolean wanted(AttemptId attempt) {
        return asked.containsKey(attempt.toString());
    }

    /** Whether a mail that may have arrived was to be sent again. */
    boolean resent(String attempt) {
        return asked.get(attempt) == Rerun.How.RESEND;
    }
}
