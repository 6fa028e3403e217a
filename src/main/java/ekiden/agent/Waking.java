package ekiden.agent;

import ekiden.base.Tasks;
import ekiden.mail.receive.MailboxSession;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends the wait of a reader's session where there is something to do. A wait that was only about to begin does not hear that it is to end: it is
 * told again until nothing is to be done, whatever the number of those who asked. Belongs to the reader's strand.
 */
final class Waking {
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Tasks tasks;
    private final Strand strand;
    private final Supplier<@Nullable MailboxSession> waiting;
    private final BooleanSupplier wanted;
    private boolean again;

    /**
     * @param tasks for the pause before it is told again
     * @param strand the reader's
     * @param waiting the session, while it waits; otherwise null
     * @param wanted whether something is to be done still
     */
    Waking(Tasks tasks, Strand strand, Supplier<@Nullable MailboxSession> waiting, BooleanSupplier wanted) {
        this.tasks = tasks;
        this.strand = strand;
        this.waiting = waiting;
        this.wanted = wanted;
    }

    void wake() {
        MailboxSession present = waiting.get();
        if (present == null) {
            return;
        }
        present.wake();
        if (!again) {
            again = true;
            tasks.after(AGAIN, "wake again", () -> strand.post(this::wakeAgain));
        }
    }

    private void wakeAgain() {
        again = false;
        if (wanted.getAsBoolean()) {
            wake();
        }
    }
}
