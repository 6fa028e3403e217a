package ekiden.agent;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.mail.match.MatchResult;
import ekiden.mail.match.Matcher;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.Reading;
import ekiden.mail.save.MailSaver;
import ekiden.mail.save.SaveOrder;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.SavedMail;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** What the manager asks about mails that are in the spool: save, test, treat again, release. */
final class MailWork {
    private static final String BODY = "body.txt";
    private static final String LIST = "attachments.list";

    private final AgentPorts ports;
    private final ReportQueue reports;
    private final Opener opener;
    private final Receiver receiver;
    private final MailSaver saver;
    private final Set<String> waitingForRoom = ConcurrentHashMap.newKeySet();

    MailWork(AgentPorts ports, ReportQueue reports, Opener opener, Receiver receiver) {
        this.ports = ports;
        this.reports = reports;
        this.opener = opener;
        this.receiver = receiver;
        this.saver = new MailSaver(ports.disk());
    }

    /** Saves the files of a mail; where there is no room it waits until there is. */
    void save(Assignment.SaveMail order, Runnable done) {
        Result<SavedMail> saved =
                open(order.mail(), order.raw(), (message, source) -> save(order, message, source));
        switch (saved) {
            case Result.Ok<SavedMail>(SavedMail files) -> {
                saved(order, files);
                done.run();
            }
            case Result.Failed<SavedMail>(Problem problem)
            when problem.kind() == MessageId.Kind.RETRYABLE -> {
                reports.alarm(ports.ids().next(), alarmKey(order), problem);
                waitingForRoom.add(alarmKey(order));
                ports.tasks().after(ports.settings().retry(), "save again", () -> save(order, done));
            }
            case Result.Failed<SavedMail>(Problem problem) -> {
                reports.put(new Report.MailSaved(ports.ids().next(), order.claim(), null, problem));
                done.run();
            }
        }
    }

    private void saved(Assignment.SaveMail order, SavedMail files) {
        reports.put(new Report.MailSaved(ports.ids().next(), order.claim(), files, null));
        if (waitingForRoom.remove(alarmKey(order))) {
            reports.alarm(ports.ids().next(), alarmKey(order), null);
        }
    }

    private static String alarmKey(Assignment.SaveMail order) {
        return "disk/" + order.folder();
    }

    private Result<SavedMail> save(Assignment.SaveMail order, Message message, RawSource source) {
        return saver.save(
                message,
                source,
                new SaveOrder(
                        order.claim(),
                        Path.of(order.folder()),
                        order.folderName(),
                        Objects.requireNonNullElse(order.bodyName(), BODY),
                        Objects.requireNonNullElse(order.listName(), LIST),
                        order.attachments(),
                        order.received(),
                        ZoneId.systemDefault()));
    }

    /** Every mail that is asked about could be read when it came: where it cannot be any more, the manager must hear of that. */
    private <T> Result<T> open(long mail, RawMail raw, BiFunction<Message, RawSource, Result<T>> use) {
        Result<Result<T>> opened = opener.open(raw, (reading, source) -> switch (reading) {
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

    /** Tests a new watch against mails that were there before it. */
    void test(Assignment.TestMails order, Runnable done) {
        List<Long> matches = new ArrayList<>();
        for (Assignment.Candidate candidate : order.mails()) {
            switch (matches(order.conditions(), candidate)) {
                case Result.Ok<Boolean>(Boolean matched) when matched -> matches.add(candidate.mail());
                case Result.Failed<Boolean>(Problem problem)
                when problem.kind() == MessageId.Kind.RETRYABLE -> {
                    again("test", () -> test(order, done));
                    return;
                }
                case Result<Boolean> notMatching -> {}
            }
        }
        long upTo = order.mails().getLast().mail();
        reports.put(new Report.MailsTested(ports.ids().next(), order.watch(), upTo, matches));
        done.run();
    }

    private void again(String what, Runnable task) {
        ports.tasks().after(ports.settings().retry(), what + " again", task);
    }

    private Result<Boolean> matches(Conditions conditions, Assignment.Candidate candidate) {
        return open(
                candidate.mail(),
                candidate.raw(),
                (message, source) -> Result.ok(
                        Matcher.test(conditions, message.summary(), message.text()) instanceof MatchResult.Matched));
    }

    /** The Ekiden-owned mailbox keeps its flags in the catalogue: the manager's note is the deed. */
    void afterReceive(Assignment.DoAfterReceive order, Runnable done) {
        AfterReceive action = order.action();
        Problem problem = action.moveTo() == null && action.keyword() == null
                ? null
                : Problem.of(
                        AgentMessage.AFTER_RECEIVE, "mailbox", order.identity().mailbox(), "mail", order.mail());
        reports.put(new Report.AfterReceiveDone(ports.ids().next(), order.mail(), problem));
        done.run();
    }

    /** Lets a quarantined mail go through again. */
    void treat(Assignment.TreatQuarantined order, Runnable done) {
        switch (receiver.readAgain(order.identity(), order.raw())) {
            case Result.Ok<Report.Found>(Report.Found found) -> {
                reports.put(new Report.QuarantineDone(ports.ids().next(), order.mail(), found));
                done.run();
            }
            case Result.Failed<Report.Found> notNow -> again("treat", () -> treat(order, done));
        }
    }

    /** Removes bytes that nobody needs. */
    void release(Assignment.ReleaseRaw order, Runnable done) {
        if (ports.spool().deleteForGood(order.place()).isPresent()) {
            again("release", () -> release(order, done));
            return;
        }
        reports.put(new Report.RawReleased(ports.ids().next(), order.place()));
        done.run();
    }
}
