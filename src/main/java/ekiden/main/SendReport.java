package ekiden.main;

import ekiden.base.Problem;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOnce;
import ekiden.mail.send.SendOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of a mail, as JSON and as a message. The names of the outcomes are a contract. */
final class SendReport {
    static final String ACCEPTED = "accepted";
    static final String QUEUED = "queued";
    static final String SOME_REFUSED = "some-refused";
    static final String REFUSED = "refused";
    static final String UNCERTAIN = "uncertain";
    static final String FAILED = "failed";

    private SendReport() {}

    static String outcome(SendOnce.Report report) {
        return switch (report.outcome()) {
            case null -> FAILED;
            case SendOutcome.Accepted ignored -> ACCEPTED;
            case SendOutcome.Queued ignored -> QUEUED;
            case SendOutcome.PerRecipient ignored -> SOME_REFUSED;
            case SendOutcome.Refused ignored -> REFUSED;
            case SendOutcome.Failed ignored -> FAILED;
            case SendOutcome.Uncertain ignored -> UNCERTAIN;
        };
    }

    /** Adds the properties of the contract to the object of one mail. */
    static void put(Map<String, @Nullable Object> line, @Nullable String messageId, SendOnce.Report report, Told told) {
        line.put("outcome", outcome(report));
        line.put("messageId", messageId);
        line.put("reply", reply(report));
        line.put("refused", refusals(report));
        Problem problem = report.problem();
        if (problem != null) {
            line.put("problem", problem(problem, told));
        }
        Problem note = report.note();
        if (note != null) {
            line.put("note", problem(note, told));
        }
    }

    static Map<String, Object> problem(Problem problem, Told told) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", problem.id());
        String text = told.line(problem);
        shown.put("text", text.substring(Math.min(text.length(), problem.id().length() + 1)));
        return shown;
    }

    private static @Nullable String reply(SendOnce.Report report) {
        return switch (report.outcome()) {
            case SendOutcome.Accepted accepted -> accepted.reply();
            case SendOutcome.Queued queued -> queued.reply().isEmpty() ? null : queued.reply();
            case SendOutcome.PerRecipient some -> some.reply();
            case SendOutcome.Refused refused -> reply(refused.problem());
            case SendOutcome.Failed failed -> reply(failed.problem());
            case SendOutcome.Uncertain uncertain -> reply(uncertain.problem());
            case null -> null;
        };
    }

    private static @Nullable String reply(Problem problem) {
        String reply = problem.values().getOrDefault("reply", "");
        return reply.isEmpty() ? null : reply;
    }

    private static List<SendOutcome.Refusal> refused(SendOnce.Report report) {
        return switch (report.outcome()) {
            case null -> List.of();
            case SendOutcome.Accepted ignored -> List.of();
            case SendOutcome.Queued ignored -> List.of();
            case SendOutcome.PerRecipient some -> some.refused();
            case SendOutcome.Refused refused -> refused.refused();
            case SendOutcome.Failed failed -> failed.refused();
            case SendOutcome.Uncertain uncertain -> uncertain.refused();
        };
    }

    private static List<Map<String, Object>> refusals(SendOnce.Report report) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (SendOutcome.Refusal refusal : refused(report)) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("recipient", refusal.recipient());
            one.put("code", refusal.code());
            one.put("text", refusal.text());
            all.add(one);
        }
        return all;
    }

    /** For people: what became of the mail, good or bad. */
    static Problem message(SendOnce.Report report, String host) {
        if (report.outcome() instanceof SendOutcome.Accepted accepted) {
            int count = accepted.recipients().size();
            return Problem.of(SendMessage.ACCEPTED, "host", host, "accepted", count, "reply", accepted.reply());
        }
        if (report.outcome() instanceof SendOutcome.Queued queued) {
            int count = queued.recipients().size();
            return Problem.of(SendMessage.QUEUED, "count", count, "sender", queued.sender());
        }
        if (report.outcome() instanceof SendOutcome.PerRecipient some) {
            SendOutcome.Refusal first = some.refused().getFirst();
            return Problem.of(
                    SendMessage.SOME_REFUSED,
                    "accepted",
                    some.accepted().size(),
                    "refused",
                    some.refused().size(),
                    "recipient",
                    first.recipient(),
                    "reply",
                    first.code() + " " + first.text());
        }
        return Objects.requireNonNull(report.problem());
    }
}
