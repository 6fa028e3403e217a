package ekiden.mail.dkim;

import ekiden.base.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Does not ask at once again about a name for which there was no answer: many mails of one domain wait for a silent server once, not each by itself. Safe from any thread.
 */
public final class PatientRecords implements TxtRecords {
    private final TxtRecords records;
    private final Clock clock;
    private final DkimLimits limits;
    /** The oldest first. */
    private final Map<String, Silence> silences = new LinkedHashMap<>();

    private record Silence(Answer answer, long until) {}

    /**
     * @param records where is asked
     * @param clock the one clock
     * @param limits for how long, and of how many names
     */
    public PatientRecords(TxtRecords records, Clock clock, DkimLimits limits) {
        this.records = records;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public Answer of(String name) {
        Answer silence = silence(name);
        if (silence != null) {
            return silence;
        }
        Answer answer = records.of(name);
        if (answer instanceof Answer.Unavailable) {
            remember(name, answer);
        }
        return answer;
    }

    @Override
    public @Nullable Answer known(String name) {
        Answer silence = silence(name);
        return silence == null ? records.known(name) : silence;
    }

    private @Nullable Answer silence(String name) {
        synchronized (silences) {
            Silence silence = silences.get(name);
            return silence != null && clock.nanos() - silence.until < 0 ? silence.answer : null;
        }
    }

    private void remember(String name, Answer answer) {
        synchronized (silences) {
            silences.remove(name);
            while (silences.size() >= limits.answers()) {
                silences.remove(silences.keySet().iterator().next());
            }
            silences.put(
                    name,
                    new Silence(
                            answer,
                            clock.nanos()
                                    + TimeUnit.MILLISECONDS.toNanos(
                                            limits.silence().toMillis())));
        }
    }
}
