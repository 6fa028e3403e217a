package ekiden.http;

import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.manager.Command;
import ekiden.manager.ManagerMessage;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import ekiden.store.Store;
import ekiden.store.Transaction;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The mail catalogue and its quarantine. */
final class MailRoutes {
    private final Store store;
    private final StoredBytes bytes;
    private final Answers answers;
    private final Commands commands;
    private final ApiLimits limits;

    MailRoutes(ApiBackend backend, Answers answers, Commands commands, ApiLimits limits) {
        this.store = backend.store();
        this.bytes = backend.bytes();
        this.answers = answers;
        this.commands = commands;
        this.limits = limits;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/mails", this::list),
                Route.get("/api/v1/mails/{mail}", this::one),
                Route.get("/api/v1/mails/{mail}/raw", this::raw),
                Route.get("/api/v1/quarantine", this::quarantined),
                Route.get("/api/v1/quarantine/{mail}", this::oneQuarantined),
                Route.post("/api/v1/quarantine/{mail}/release", this::release),
                Route.post("/api/v1/quarantine/{mail}/drop", this::drop));
    }

    private Response list(Request request) {
        return mails(request, state(request.text("state")));
    }

    private Response quarantined(Request request) {
        return mails(request, CatalogueMail.State.QUARANTINED);
    }

    private Response mails(Request request, CatalogueMail.@Nullable State state) {
        String mailbox = request.text("mailbox");
        int limit = request.limit(limits);
        String messageId = request.text("messageId");
        List<CatalogueMail> mails = messageId == null
                ? store.read(tx -> tx.mails().list(mailbox, state, limit))
                : store.read(tx -> tx.mails().withMessageId(messageId, limit)).stream()
                        .filter(mail ->
                                mailbox == null || mail.identity().mailbox().equals(mailbox))
                        .filter(mail -> state == null || mail.state() == state)
                        .toList();
        return new Response.Value(new Views.Mails(mails.stream()
                .map(mail -> view(mail, null, null, request.language()))
                .toList()));
    }

    private static CatalogueMail.@Nullable State state(@Nullable String word) {
        if (word == null) {
            return null;
        }
        for (CatalogueMail.State state : CatalogueMail.State.values()) {
            if (state.name().equalsIgnoreCase(word)) {
                return state;
            }
        }
        String expected = String.join(
                ", ",
                Arrays.stream(CatalogueMail.State.values()).map(Enum::name).toList());
        throw Refusal.of(ApiMessage.BAD_PARAMETER, "name", "state", "value", word, "expected", expected);
    }

    private Response one(Request request) {
        long id = request.numberPart("mail");
        return new Response.Value(whole(id, request.language()).orElseThrow(() -> none(id)));
    }

    private Response oneQuarantined(Request request) {
        long id = request.numberPart("mail");
        Views.MailView mail = whole(id, request.language()).orElseThrow(() -> none(id));
        if (mail.state() != CatalogueMail.State.QUARANTINED) {
            throw answers.refusal(Problem.of(ManagerMessage.NOT_QUARANTINED, "mail", id));
        }
        return new Response.Value(mail);
    }

    private Refusal none(long id) {
        return answers.refusal(Problem.of(ManagerMessage.NO_MAIL, "mail", id));
    }

    Optional<Views.MailView> whole(long id, Locale language) {
        return store.read(tx -> tx.mails().find(id).map(mail -> {
            List<Views.ClaimView> claims = tx.claims().of(id).stream()
                    .map(claim -> claim(tx, claim, language))
                    .toList();
            return view(mail, claims, tx.mails().joins(id), language);
        }));
    }

    private Response raw(Request request) {
        long id = request.numberPart("mail");
        RawMail raw = store.read(tx -> tx.mails().find(id))
                .orElseThrow(() -> none(id))
                .raw();
        if (raw == null) {
            throw Refusal.of(ApiMessage.NO_BYTES, "mail", id);
        }
        try {
            StoredBytes.Piece piece = bytes.mail(raw).orElseThrow(() -> Refusal.of(ApiMessage.NO_BYTES, "mail", id));
            Map<String, String> headers = Map.of("Content-Disposition", "attachment; filename=\"mail-" + id + ".eml\"");
            return new Response.Bytes("message/rfc822", piece, 0, piece.size(), headers);
        } catch (IOException wrong) {
            throw Refusal.of(ApiMessage.UNREADABLE_BYTES, "what", "mail " + id, "reason", Reason.of(wrong));
        }
    }

    private Response release(Request request) {
        commands.carryOut(new Command.ReleaseMail(request.numberPart("mail")));
        return new Response.Value(new Views.Done(true));
    }

    private Response drop(Request request) {
        commands.carryOut(new Command.DropMail(request.numberPart("mail")));
        return new Response.Value(new Views.Done(true));
    }

    private Views.ClaimView claim(Transaction tx, Claim claim, Locale language) {
        return new Views.ClaimView(
                claim.id(),
                claim.run(),
                tx.runs().find(claim.run()).map(Run::label).orElse(null),
                claim.job(),
                claim.state(),
                claim.saved(),
                answers.viewOrNull(claim.problem(), language),
                claim.at());
    }

    private Views.MailView view(
            CatalogueMail mail,
            @Nullable List<Views.ClaimView> claims,
            @Nullable List<Instant> joins,
            Locale language) {
        MailSummary summary = mail.summary();
        RawMail raw = mail.raw();
        return new Views.MailView(
                mail.id(),
                mail.identity().mailbox(),
                mail.identity().key(),
                mail.received(),
                mail.state(),
                mail.sender(),
                mail.recipient(),
                summary.from(),
                summary.to(),
                summary.cc(),
                summary.subject(),
                summary.date(),
                summary.messageId(),
                summary.attachments(),
                summary.problems(),
                raw == null ? null : raw.size(),
                raw == null ? null : raw.sha256(),
                answers.viewOrNull(mail.problem(), language),
                claims,
                joins,
                mail.copyOf(),
                claims == null ? null : summary.receipt());
    }
}
