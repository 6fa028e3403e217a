package ekiden.manager;

import static ekiden.manager.Bench.job;
import static ekiden.manager.Bench.jobnet;
import static ekiden.manager.Bench.rule;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.SendMail;
import ekiden.model.mail.MailSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Mails of a run that a mail started stand in the thread of that mail. */
class RepliesTest {
    private final Bench bench = new Bench();

    private Assignment.SubmitMail answer(@Nullable String messageId, String... thread) {
        SendMail send = new SendMail(
                "out", List.of("a@x.example"), List.of(), List.of(), "s", "t", null, List.of(), MailExtras.NONE);
        bench.define(jobnet("/a", rule("x"), Jobnet.Overlap.ALLOW, job("send", send)));
        String watch = bench.watches().getFirst().id();
        Report.Found mail = bench.mail("x", watch);
        MailSummary some = mail.summary();
        MailSummary summary = new MailSummary(
                some.from(),
                some.to(),
                some.cc(),
                some.subject(),
                some.date(),
                messageId,
                some.attachments(),
                some.problems(),
                some.receipt(),
                some.facts(),
                List.of(thread));
        bench.kept(new Report.Found(
                mail.identity(),
                mail.raw(),
                mail.received(),
                mail.sender(),
                mail.recipient(),
                mail.sameness(),
                mail.trace(),
                mail.seen(),
                summary,
                mail.problem(),
                mail.watchVersion(),
                mail.matches()));
        bench.saved("1@" + watch);
        return bench.agent.assigned(Assignment.SubmitMail.class).getFirst();
    }

    @Test
    void anAnswerGoesOnWithTheThread() {
        Assignment.SubmitMail answer = answer("<3@x>", "<1@x>", "<2@x>");
        assertThat(answer.inReplyTo()).isEqualTo("<3@x>");
        assertThat(answer.references()).containsExactly("<1@x>", "<2@x>", "<3@x>");
    }

    @Test
    void anIdThatCannotBeWrittenDoesNotKeepTheMailBack() {
        Assignment.SubmitMail answer = answer("<no at sign>", "<1@x>");
        assertThat(answer.inReplyTo()).isNull();
        assertThat(answer.references()).containsExactly("<1@x>");
    }

    @Test
    void withoutAMailThereIsNoThread() {
        assertThat(answer(null).references()).isEmpty();
    }
}
