package ekiden.agent;

import ekiden.base.Tasks;
import java.time.Duration;
import java.util.function.Consumer;

/** Asks until there is an answer: a message may be lost on the way. Whatever comes after the first answer is not heard. */
final class Asking {
    private final Tasks tasks;
    private final Duration patience;

    Asking(Tasks tasks, Duration patience) {
        this.tasks = tasks;
        this.patience = patience;
    }

    /** Asks, and again after each deadline, while {@code wanted} holds; the answer is heard once. */
    <T> void ask(String what, Wanted wanted, Consumer<Consumer<T>> question, Consumer<T> answer) {
        new Question<>(what, wanted, question, answer).put();
    }

    /** Whether somebody still waits for the answer; asked before each question. */
    interface Wanted {
        boolean still();
    }

    private final class Question<T> {
        private final String what;
        private final Wanted wanted;
        private final Consumer<Consumer<T>> question;
        private final Consumer<T> answer;
        private boolean answered;

        Question(String what, Wanted wanted, Consumer<Consumer<T>> question, Consumer<T> answer) {
            this.what = what;
            this.wanted = wanted;
            this.question = question;
            this.answer = answer;
        }

        void put() {
            if (isAnswered() || !wanted.still()) {
                return;
            }
            Tasks.Cancellable again = tasks.after(patience, what + " again", this::put);
            question.accept(value -> {
                again.cancel();
                if (first()) {
                    answer.accept(value);
                }
            });
        }

        private synchronized boolean isAnswered() {
            return answered;
        }

        private synchronized boolean first() {
            boolean first = !answered;
            answered = true;
            return first;
        }
    }
}
