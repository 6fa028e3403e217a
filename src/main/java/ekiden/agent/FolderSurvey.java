package ekiden.agent;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.MailboxSession.Wanted;
import ekiden.model.mail.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks the server what is in a folder, for a person who compares it with the catalogue. On the reader's strand. */
final class FolderSurvey implements FolderWork {
    private final FolderReader reader;
    private final Answers answers;

    private FolderSurvey(FolderReader reader, Answers answers) {
        this.reader = reader;
        this.answers = answers;
    }

    /** Asks several folders; the answer comes when the last has answered, and leaves out those that are not watched any more. */
    static void all(List<FolderReader> folders, Consumer<List<FolderSeen>> answer) {
        if (folders.isEmpty()) {
            answer.accept(List.of());
            return;
        }
        Answers answers = new Answers(folders.size(), answer);
        folders.forEach(reader -> reader.add(new FolderSurvey(reader, answers)));
    }

    @Override
    public @Nullable Problem run(MailboxSession session) {
        UidSet everything = UidSet.between(1, UidSet.MAX);
        Result<FolderSeen> seen = session.search(Wanted.ALL, everything)
                .then(all -> session.search(Wanted.UNREAD, everything)
                        .then(unread -> Result.ok(new FolderSeen(
                                reader.watched().folder(), session.folder().uidValidity(), all, unread))));
        return switch (seen) {
            case Result.Failed<FolderSeen>(Problem problem) -> problem;
            case Result.Ok<FolderSeen>(FolderSeen value) -> {
                answers.take(value);
                yield null;
            }
        };
    }

    @Override
    public void giveUp() {
        answers.take(null);
    }

    private static final class Answers {
        private final List<FolderSeen> seen = new ArrayList<>();
        private final Consumer<List<FolderSeen>> answer;
        private int left;

        Answers(int left, Consumer<List<FolderSeen>> answer) {
            this.left = left;
            this.answer = answer;
        }

        void take(@Nullable FolderSeen one) {
            synchronized (this) {
                left--;
                if (one != null) {
                    seen.add(one);
                }
                if (left > 0) {
                    return;
                }
            }
            answer.accept(List.copyOf(seen));
        }
    }
}
