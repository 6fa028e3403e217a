package ekiden.manager;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.ReceiveMail.ClaimRule;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SaveRule;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.AttemptId;
import ekiden.model.run.JobStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An attempt is not begun because a file that it would have been told of is gone. */
class FilesChangedTest {
    private static final RunCommand COMMAND =
            new RunCommand(List.of("load", "${start.attachments}"), Map.of(), null, 0, 4);

    private final Bench bench = new Bench();

    private static SavedMail files(@Nullable String one) {
        return new SavedMail(
                "/files/m",
                null,
                null,
                null,
                List.of(
                        new SavedMail.SavedFile("one", one, "text/plain", 1, "00"),
                        new SavedMail.SavedFile("two", "/files/m/two", "text/plain", 1, "00")));
    }

    private List<Assignment.ExecuteCommand> assigned() {
        return bench.agent.assigned(Assignment.ExecuteCommand.class);
    }

    private void changed(String claim, int attempt) {
        AttemptId which = new AttemptId(bench.runs("/a").getFirst().id(), "load", attempt);
        Problem told = Bench.WRONG;
        bench.take(new Report.FilesChanged(
                bench.ids.next(), which, List.of(new Report.Changed(claim, files(null))), told));
    }

    @Test
    void nextAttemptIsToldOfWhatIsThereAndTheHistorySaysWhy() {
        Conditions conditions = new Conditions(List.of(), List.of("x"), List.of());
        ReceiveMail start =
                new ReceiveMail(Bench.BOX, conditions, SaveRule.DEFAULT, AfterReceive.NONE, ClaimRule.ALL, 5);
        String watch =
                "start/" + bench.define(Bench.jobnet("/a", start, Jobnet.Overlap.ALLOW, Bench.job("load", COMMAND)));
        String claim = bench.kept(bench.mail("x1", watch)).mail() + "@" + watch;
        bench.take(new Report.MailSaved(bench.ids.next(), claim, files("/files/m/one"), null));
        assertThat(assigned().getLast().command()).containsExactly("load", "/files/m/one", "/files/m/two");
        assertThat(assigned().getLast().handed())
                .containsExactly(new Assignment.Handed(claim, files("/files/m/one"), false, null));
        changed(claim, 1);
        assertThat(assigned().getLast().attempt().attempt()).isEqualTo(2);
        assertThat(assigned().getLast().command()).containsExactly("load", "/files/m/two");
        assertThat(bench.claims(1).getFirst().saved()).isEqualTo(files(null));
        changed(claim, 1);
        assertThat(assigned()).as("what comes late changes nothing").hasSize(2);
        changed(claim, 2);
        changed(claim, 3);
        assertThat(bench.runs("/a").getFirst().job("load").status()).isEqualTo(JobStatus.FAILED_TO_START);
    }
}
