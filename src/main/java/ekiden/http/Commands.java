package ekiden.http;

import ekiden.base.Problem;
import ekiden.manager.Command;
import ekiden.manager.Inbox;
import ekiden.manager.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Puts commands into the manager's inbox and waits for their commit. Safe from any thread. */
final class Commands {
    private final Inbox inbox;
    private final Answers answers;
    private final Duration deadline;

    Commands(Inbox inbox, Answers answers, Duration deadline) {
        this.inbox = inbox;
        this.answers = answers;
        this.deadline = deadline;
    }

    /** What became of a command; a refused one ends the request. */
    Reply carryOut(Command command) {
        CompletableFuture<Reply> coming = new CompletableFuture<>();
        inbox.put(command, coming::complete);
        try {
            Reply reply = coming.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            if (reply instanceof Reply.Refused(Problem problem)) {
                throw answers.refusal(problem);
            }
            return reply;
        } catch (TimeoutException late) {
            throw Refusal.of(ApiMessage.NO_ANSWER, "seconds", deadline.toSeconds());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw Refusal.of(ApiMessage.STOPPING);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("nobody completes it with an exception", impossible);
        }
    }
}
