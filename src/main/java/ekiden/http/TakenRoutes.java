package ekiden.http;

import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.manager.ManagerMessage;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import ekiden.model.run.Watch;
import ekiden.store.Definitions.Definition;
import ekiden.store.Store;
import ekiden.store.Transaction;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Handing the mails that started runs over to whoever asks: they are listed in the order they were taken for as long as the mail lies in its
 * file, fetched as often as needed, and let go by a word of the one who has them. So a mail that was fetched and lost is listed again.
 */
final class TakenRoutes {
    private final Store store;
    private final StoredBytes bytes;
    private final Answers answers;
    private final Waiters waiters;
    private final ApiLimits limits;

    TakenRoutes(ApiBackend backend, Answers answers, Waiters waiters, ApiLimits limits) {
        this.store = backend.store();
        this.bytes = backend.bytes();
        this.answers = answers;
        this.waiters = waiters;
        this.limits = limits;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/units/{unit}/mails", this::list),
                Route.get("/api/v1/runs/{run}/mail", this::fetch),
                Route.delete("/api/v1/runs/{run}/mail", this::letGo));
    }

    /** A run with the mail that started it. */
    private record Taken(Run run, Claim claim, CatalogueMail mail) {}

    /**
     * A look at the runs of a unit.
     *
     * @param taken in their order
     * @param next the last run that was looked at
     * @param behind how many runs follow
     * @param definition the unit's present version, or null where it is not defined
     * @param left how many mails its start condition takes still, or null where that is not limited
     */
    private record Look(
            List<Taken> taken,
            long next,
            long behind,
            @Nullable UUID definition,
            @Nullable Integer left) {}

    private Response list(Request request) {
        String unit = UnitRoutes.name(request.part("unit"));
        long after = request.number("after", 0, 0, Long.MAX_VALUE);
        long seconds = request.number("wait", 0, 0, limits.longestWait().toSeconds());
        int limit = request.limit(limits);
        Look look = waiters.await(
                Duration.ofSeconds(seconds),
                () -> look(unit, after, limit),
                found -> found.next() > after || found.definition() == null);
        List<Views.TakenMail> mails = look.taken().stream()
                .map(taken -> view(taken, request.language()))
                .toList();
        return new Response.Value(
                new Views.TakenMails(mails, look.next(), look.behind(), look.definition(), look.left()));
    }

    private Look look(String unit, long after, int limit) {
        Look all = store.read(tx -> look(tx, unit, after, limit));
        List<Taken> there = all.taken().stream().filter(this::isThere).toList();
        return new Look(there, all.next(), all.behind(), all.definition(), all.left());
    }

    /** Stops before a mail whose files are not complete: who asks for what comes behind a number must not miss any. */
    private static Look look(Transaction tx, String unit, long after, int limit) {
        List<Taken> taken = new ArrayList<>();
        long last = tx.runs().lastNumber(unit);
        long next = after;
        boolean complete = true;
        while (complete && next < last && taken.size() < limit) {
            Optional<Run> run = tx.runs().find(unit, next + 1);
            Optional<Claim> claim =
                    run.map(Run::claim).flatMap(id -> tx.claims().find(id));
            complete = claim.map(Claim::state).filter(Claim.State.TAKEN::equals).isEmpty();
            if (complete) {
                next++;
                claim.flatMap(one -> tx.mails().find(one.mail()).map(mail -> new Taken(run.orElseThrow(), one, mail)))
                        .ifPresent(taken::add);
            }
        }
        Optional<Definition> definition = tx.definitions().current(unit);
        return new Look(
                taken,
                next,
                Math.max(0, last - next),
                definition.map(Definition::id).orElse(null),
                left(tx, definition));
    }

    private static @Nullable Integer left(Transaction tx, Optional<Definition> definition) {
        Optional<Watch> watch = definition.flatMap(now -> tx.watches().find(Watch.startId(now.id())));
        return watch.isPresent() ? watch.get().left() : Integer.valueOf(0);
    }

    /** A mail that could not be saved is told as often as it is asked for. */
    private boolean isThere(Taken taken) {
        SavedMail saved = taken.claim().saved();
        return saved == null || bytes.isThere(saved);
    }

    private Views.TakenMail view(Taken taken, Locale language) {
        CatalogueMail mail = taken.mail();
        return new Views.TakenMail(
                taken.run().id(),
                taken.run().number(),
                mail.id(),
                mail.identity().mailbox(),
                mail.identity().key(),
                mail.atServer(),
                mail.received(),
                answers.viewOrNull(taken.claim().problem(), language));
    }

    private Response fetch(Request request) {
        Taken taken = taken(request);
        String what = "mail " + taken.mail().id();
        try {
            StoredBytes.Piece piece = Optional.ofNullable(taken.claim().saved())
                    .flatMap(this::saved)
                    .orElseThrow(() -> none(taken));
            return new Response.Bytes("message/rfc822", piece, 0, piece.size(), Map.of());
        } catch (IOException wrong) {
            throw Refusal.of(ApiMessage.UNREADABLE_BYTES, "what", what, "reason", Reason.of(wrong));
        }
    }

    private Optional<StoredBytes.Piece> saved(SavedMail saved) {
        return bytes.saved(saved);
    }

    private static Refusal none(Taken taken) {
        return Refusal.of(ApiMessage.NO_BYTES, "mail", taken.mail().id());
    }

    private Response letGo(Request request) {
        Taken taken = taken(request);
        SavedMail saved = taken.claim().saved();
        if (saved == null || saved.mail() == null || !taken.run().status().ended()) {
            throw Refusal.of(ApiMessage.FILES_NEEDED, "run", taken.run().label());
        }
        try {
            bytes.remove(saved);
            return new Response.Value(new Views.Done(true));
        } catch (IOException wrong) {
            String what = "mail " + taken.mail().id();
            throw Refusal.of(ApiMessage.UNREADABLE_BYTES, "what", what, "reason", Reason.of(wrong));
        }
    }

    private Taken taken(Request request) {
        String name = request.part("run");
        return store.read(tx -> RunRoutes.find(tx, name)
                        .flatMap(run -> Optional.ofNullable(run.claim())
                                .flatMap(id -> tx.claims().find(id))
                                .flatMap(claim ->
                                        tx.mails().find(claim.mail()).map(mail -> new Taken(run, claim, mail)))))
                .orElseThrow(() -> answers.refusal(Problem.of(ManagerMessage.NO_RUN, "run", name)));
    }
}
