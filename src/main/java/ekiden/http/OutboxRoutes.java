package ekiden.http;

import ekiden.link.Assignment;
import ekiden.model.run.JobRun;
import ekiden.model.run.Run;
import ekiden.store.Outbox;
import ekiden.store.Store;
import ekiden.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Mails of jobs that nobody has accepted for good yet: to be sent, put off, or in the queue of an agent's machine. */
final class OutboxRoutes {
    private static final int PAGE = 1_000;

    private final Store store;
    private final ApiBackend backend;
    private final Answers answers;
    private final ApiLimits limits;

    OutboxRoutes(ApiBackend backend, Answers answers, ApiLimits limits) {
        this.store = backend.store();
        this.backend = backend;
        this.answers = answers;
        this.limits = limits;
    }

    List<Route> routes() {
        return List.of(Route.get("/api/v1/outbox", this::list));
    }

    private Response list(Request request) {
        int limit = request.limit(limits);
        List<Views.OutboxMail> mails = store.read(tx -> mails(tx, limit + 1, request.language()));
        boolean more = mails.size() > limit;
        return new Response.Value(new Views.Outbox(more ? mails.subList(0, limit) : mails, more));
    }

    /** Oldest first. */
    private List<Views.OutboxMail> mails(Transaction tx, int most, Locale language) {
        List<Views.OutboxMail> mails = new ArrayList<>();
        List<Outbox.Row> rows = tx.outbox().waiting(0, PAGE);
        while (!rows.isEmpty() && mails.size() < most) {
            for (Outbox.Row row : rows) {
                if (row.assignment() instanceof Assignment.SubmitMail mail && mails.size() < most) {
                    view(tx, row.at(), mail, language).ifPresent(mails::add);
                }
            }
            rows = tx.outbox().waiting(rows.getLast().sequence(), PAGE);
        }
        return mails;
    }

    private Optional<Views.OutboxMail> view(
            Transaction tx, Instant since, Assignment.SubmitMail mail, Locale language) {
        return tx.runs()
                .find(mail.attempt().run())
                .flatMap(run -> job(run, mail)
                        .map(job -> new Views.OutboxMail(
                                run.id(),
                                run.label(),
                                job.name(),
                                job.attempt(),
                                mail.profile(),
                                Stream.of(mail.to(), mail.cc(), mail.bcc())
                                        .flatMap(List::stream)
                                        .toList(),
                                mail.messageId(),
                                since,
                                Math.max(
                                        0,
                                        Duration.between(since, backend.clock().now())
                                                .toSeconds()),
                                job.status(),
                                answers.viewOrNull(job.problem(), language))));
    }

    private static Optional<JobRun> job(Run run, Assignment.SubmitMail mail) {
        return run.jobs().stream()
                .filter(job -> job.name().equals(mail.attempt().job())
                        && job.attempt() == mail.attempt().attempt())
                .findFirst();
    }
}
