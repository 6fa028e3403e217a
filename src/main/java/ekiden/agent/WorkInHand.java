package ekiden.agent;

import ekiden.link.Assignment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an agent works on, by the keys of its assignments: what is in hand is not begun again. Work stays in hand until the manager has
 * committed the report on it, since until then the manager takes it for undone. A list of all that waits is older than its arrival: what
 * ended while it was on its way does not count as waiting. Safe from any thread.
 */
final class WorkInHand {
    private final Set<String> keys = new HashSet<>();
    private @Nullable Question open;

    /** A question for all that waits, and what has ended since it was asked. */
    static final class Question {
        private final Set<String> ended = new HashSet<>();

        private Question() {}
    }

    /** Before the manager is asked what waits. An earlier question that has no answer yet will get none that counts. */
    synchronized Question ask() {
        open = new Question();
        return open;
    }

    /** {@return what of an answer still waits; nothing if a later question was asked} */
    synchronized List<Assignment> stillWaiting(Question question, List<Assignment> answer) {
        if (question != open) {
            return List.of();
        }
        open = null;
        return answer.stream()
                .filter(assignment -> !question.ended.contains(assignment.key()))
                .toList();
    }

    /** {@return whether it was not in hand; it is now} */
    synchronized boolean begin(String key) {
        return keys.add(key);
    }

    synchronized void end(String key) {
        keys.remove(key);
        if (open != null) {
            open.ended.add(key);
        }
    }

    synchronized boolean isEmpty() {
        return keys.isEmpty();
    }
}
