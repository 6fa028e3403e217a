package ekiden.main;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.send.PreparedMail;
import ekiden.mail.send.SendOnce;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What those who work on one batch have in common. Safe from any thread.
 *
 * @param means what it is sent with
 * @param told words for the results
 * @param once composes
 * @param file the batch, absolute
 * @param results keeps what became of the mails
 * @param tally counts it
 */
record BatchWork(SendBatch.Means means, Told told, SendOnce once, Path file, BatchResults results, BatchTally tally) {
    /** Where relative names of its files begin. */
    Path folder() {
        return Objects.requireNonNull(file.getParent());
    }

    SendOnce.Report failed(Problem problem) {
        return new SendOnce.Report(told.exit(problem), null, problem);
    }

    Result<PreparedMail> prepared(MailOrder order, String messageId) {
        MailOrder.Means with = new MailOrder.Means(means.disk(), means.clock(), means.zone(), means.recipients());
        return order.draft(means.profile().from(), messageId, with)
                .then(drafted -> Result.ok(once.prepare(
                        drafted.draft().with(means.profile().charsets()),
                        order.rule(means.profile()),
                        means.folder())));
    }

    /** Keeps and counts what became of a line. {@return whether the results can be kept, so that others may follow} */
    boolean settle(BatchEntry entry, @Nullable String messageId, SendOnce.Report report) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("id", entry.id());
        line.put("line", entry.line());
        SendReport.put(line, messageId, report, told);
        // a line that is no mail, as one whose id stands twice, is no second attempt
        boolean stays =
                messageId != null && results.staysUncertain(entry.key(), entry.line(), SendReport.outcome(report));
        Problem notKept = stays ? null : results.add(line);
        tally.count(report, stays);
        return notKept == null || tally.stop(notKept);
    }
}
