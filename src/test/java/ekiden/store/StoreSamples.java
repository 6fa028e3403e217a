package ekiden.store;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.link.Assignment;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.ReceiveMail.ClaimRule;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SaveRule;
import ekiden.model.definition.SendMail;
import ekiden.model.definition.UnitName;
import ekiden.model.mail.Address;
import ekiden.model.mail.AttachmentSummary;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Receipt;
import ekiden.model.mail.Trace;
import ekiden.model.run.AttemptId;
import ekiden.model.run.Claim;
import ekiden.model.run.JobRun;
import ekiden.model.run.RecordedEvent;
import ekiden.model.run.Run;
import ekiden.model.run.RunEvent;
import ekiden.model.run.RunStatus;
import ekiden.model.run.Watch;
import ekiden.store.Definitions.Definition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Rows to store, with every component filled that may be absent. */
public final class StoreSamples {
    /** A time with all its microseconds. */
    public static final Instant T0 = Instant.parse("2026-11-23T10:00:00.123456Z");

    /** Text that has broken databases. */
    public static final String ODD = "注文書 №1 ①㈱髙 \uD83D\uDCE7 e\u0301 ' \" \\ % _ ; -- \t\r\n ﾊﾝｶｸ";

    /** A problem with values. */
    public static final Problem PROBLEM = new Problem("EKDD0001-E", MessageId.Kind.RETRYABLE, Map.of("place", ODD));

    /** What a mail looks like at a server. */
    public static final Trace TRACE = new Trace(4711, "cd".repeat(32));

    private StoreSamples() {}

    /** A time so many seconds behind {@link #T0}. */
    public static Instant at(long seconds) {
        return T0.plusSeconds(seconds);
    }

    /** An id that follows from a number. */
    public static UUID id(long number) {
        return new UUID(0x0192_0000_0000_7000L + (number << 16), 0x8000_0000_0000_0000L + number);
    }

    /** A rule for mails of a mailbox. */
    public static ReceiveMail rule(String mailbox) {
        return new ReceiveMail(
                mailbox,
                new Conditions(List.of("edi@customer.example"), List.of("注文書"), List.of()),
                new SaveRule("受信/%Y", "本文.txt", null, "mail.eml", true, null),
                new AfterReceive(true, "ekiden", "Done", false),
                ClaimRule.FIRST,
                7);
    }

    /** A jobnet with one job of each kind. */
    public static Jobnet jobnet(String unit) {
        Job load = new Job(
                "load",
                List.of(),
                new RunCommand(List.of("./load.sh", "${start.attachments}"), Map.of("LANG", "ja_JP.UTF-8"), null, 0, 4),
                Duration.ofMinutes(10),
                Job.OnTimeout.KILL);
        Job approve = new Job("approve", List.of("load"), rule("orders"), Duration.ofHours(8), Job.OnTimeout.WARNING);
        Job reply = new Job(
                "reply",
                List.of("approve"),
                new SendMail(
                        "orders",
                        List.of("${start.from}"),
                        List.of(),
                        List.of(),
                        "Re: " + ODD,
                        null,
                        "reply.txt",
                        List.of("out/*.pdf"),
                        new MailExtras(null, List.of("a@b"), ODD, null, "s.txt", MailExtras.Importance.HIGH)),
                null,
                Job.OnTimeout.KILL);
        return new Jobnet(new UnitName(unit), rule("orders"), 3, Jobnet.Overlap.QUEUE, List.of(load, approve, reply));
    }

    /** A version of a definition. */
    public static Definition definition(long number, String unit, long version) {
        return new Definition(id(number), jobnet(unit), "/srv/定義", version, at(version));
    }

    /** A run as it comes to be. */
    public static Run run(long id, String unit, long number) {
        return new Run(
                id(id),
                unit,
                number,
                id(1000),
                RunStatus.PREPARING,
                null,
                null,
                false,
                null,
                List.of(JobRun.waiting("load"), JobRun.waiting("approve")),
                at(id),
                null,
                null,
                1);
    }

    /** The same run, changed, with the next version. */
    public static Run next(Run run, RunStatus status) {
        return new Run(
                run.id(),
                run.unit(),
                run.number(),
                run.definition(),
                status,
                "7@start/x",
                null,
                true,
                PROBLEM,
                run.jobs(),
                run.created(),
                run.created().plusSeconds(1),
                status.ended() ? run.created().plusSeconds(2) : null,
                run.version() + 1);
    }

    /** An event of a run. */
    public static RecordedEvent event(UUID run, long sequence) {
        RunEvent event = sequence == 1
                ? new RunEvent.RunCreated("/sales/注文", 1, id(1000), List.of("load"), "7@start/x", null)
                : new RunEvent.JobStarted("load", 1);
        return new RecordedEvent(new UUID(run.getMostSignificantBits(), sequence), run, sequence, at(sequence), event);
    }

    /** Where bytes lie. */
    public static RawMail raw(String place) {
        return new RawMail(place, 4711, "ab".repeat(32));
    }

    /** A mail that was read. */
    public static MailSummary summary(String subject) {
        return new MailSummary(
                List.of(new Address("山田 太郎", "yamada@example.jp")),
                List.of(new Address(null, "orders@example.jp")),
                List.of(),
                subject,
                T0,
                "<1@example.jp>",
                List.of(new AttachmentSummary("注文.xlsx", "application/octet-stream", 12)),
                List.of("EKDM0001-W"),
                new Receipt(T0, 12_000, 5_000_000, 1, List.of(new Receipt.Step(9_000, 2_500_000, true))),
                null,
                List.of("<0@example.jp>", "<9@example.jp>"));
    }

    /** An unread mail. */
    public static CatalogueMail mail(long id, String mailbox, String key) {
        return new CatalogueMail(
                id,
                new MailIdentity(mailbox, key),
                raw("place-" + id),
                at(id),
                CatalogueMail.State.UNREAD,
                "",
                "orders@localhost",
                summary(ODD),
                null,
                null,
                null);
    }

    /** A mail that lies at a server. */
    public static CatalogueMail serverMail(long id, String mailbox, String key, Trace trace) {
        CatalogueMail mail = mail(id, mailbox, key);
        return new CatalogueMail(
                id,
                mail.identity(),
                null,
                mail.received(),
                mail.state(),
                null,
                null,
                mail.summary(),
                null,
                trace,
                null);
    }

    /** A watch of a job. */
    public static Watch watch(long number, String mailbox) {
        AttemptId attempt = new AttemptId(id(number), "approve", 1);
        return new Watch(
                Watch.jobId(attempt), "/sales/注文", id(1000), attempt, rule(mailbox), at(number), 3, 2, false, null);
    }

    /** A claim of a mail by a watch. */
    public static Claim claim(long mail, String watch, long run) {
        return new Claim(
                Claim.id(mail, watch),
                mail,
                watch,
                ClaimRule.ALL,
                AfterReceive.READ,
                id(run),
                null,
                Claim.State.TAKEN,
                null,
                null,
                at(mail));
    }

    /** An assignment with a key that follows from a number. */
    public static Assignment assignment(long number) {
        return new Assignment.ExecuteCommand(
                new AttemptId(id(number), "load", 1),
                List.of("./load.sh", ODD),
                Map.of("EKIDEN_SUBJECT", ODD),
                "/srv/runs/" + number);
    }
}
