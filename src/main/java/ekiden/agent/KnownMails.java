package ekiden.agent;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.Report;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.Reading;
import ekiden.mail.proof.MailTrust;
import ekiden.model.mail.RawMail;
import java.util.function.BiFunction;

/** Opens mails of the catalogue, whose bytes are in the spool. Safe from any thread. */
final class KnownMails {
    private final AgentPorts ports;
    private final ReportQueue reports;
    private final Opener opener;

    KnownMails(AgentPorts ports, ReportQueue reports, Opener opener) {
        this.ports = ports;
        this.reports = reports;
        this.opener = opener;
    }

    /** Every mail that is asked about could be read when it came: where it cannot be any more, the manager must hear of that. */
    <T> Result<T> open(long mail, RawMail raw, MailTrust.Means means, BiFunction<Message, RawSource, Result<T>> use) {
        Result<Result<T>> opened = opener.open(raw, means, (reading, source) -> switch (reading) {
            case Reading.Readable(Message message) -> use.apply(message, source);
            case Reading.Unreadable(Problem problem) -> unreadable(mail, raw, problem);
        });
        return switch (opened) {
            case Result.Ok<Result<T>>(Result<T> inner) -> inner;
            case Result.Failed<Result<T>>(Problem problem)
            when problem.kind() == MessageId.Kind.RETRYABLE -> Result.failed(problem);
            case Result.Failed<Result<T>>(Problem problem) -> unreadable(mail, raw, problem);
        };
    }

    private <T> Result<T> unreadable(long mail, RawMail raw, Problem problem) {
        reports.put(new Report.MailUnreadable(ports.ids().next(), mail, raw, problem));
        return Result.failed(problem);
    }
}
