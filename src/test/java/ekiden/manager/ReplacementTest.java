package ekiden.manager;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.link.ManagerLink.FormerFiles;
import ekiden.link.Report;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.ReceiveMail.ClaimRule;
import ekiden.model.definition.SaveRule;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files of one mail that are to make room for those of another. */
class ReplacementTest {
    private static final SavedMail FILES = new SavedMail("/files/m", "/files/m/body.txt", null, null, List.of());

    private final Bench bench = new Bench();
    private final String watch =
            "start/" + bench.define(Bench.jobnet("/a", start(), Jobnet.Overlap.QUEUE, Bench.job("a", Bench.COMMAND)));

    private static ReceiveMail start() {
        Conditions conditions = new Conditions(List.of(), List.of("x"), List.of());
        return new ReceiveMail(Bench.BOX, conditions, SaveRule.DEFAULT, AfterReceive.NONE, ClaimRule.ALL, 5);
    }

    private String taken() {
        return bench.kept(bench.mail("x" + bench.ids.next(), watch)).mail() + "@" + watch;
    }

    private String saved() {
        String claim = taken();
        bench.take(new Report.MailSaved(bench.ids.next(), claim, FILES, null));
        return claim;
    }

    private void end(int run) {
        bench.ended(new AttemptId(bench.runs("/a").get(run).id(), "a", 1), new AttemptOutcome.Exited(9));
    }

    private FormerFiles ask(String claim, String former) {
        return bench.read(tx -> Replacement.of(tx, claim, former));
    }

    @Test
    void filesStayWhileTheRunThatHasThemGoesOnOrWaitsForItsTurn() {
        String first = saved();
        String second = saved();
        String third = taken();
        assertThat(ask(third, first)).isEqualTo(new FormerFiles(FILES, "/a#1"));
        end(0);
        assertThat(ask(third, first)).isEqualTo(new FormerFiles(FILES, null));
        assertThat(ask(third, second)).isEqualTo(new FormerFiles(FILES, "/a#2"));
        end(1);
        assertThat(ask(third, second)).isEqualTo(new FormerFiles(FILES, null));
    }

    @Test
    void olderMailTakesItsTurnBeforeANewerOne() {
        String first = saved();
        String second = taken();
        String third = taken();
        end(0);
        assertThat(ask(third, first)).isEqualTo(new FormerFiles(FILES, "/a#2"));
        assertThat(ask(second, first)).isEqualTo(new FormerFiles(FILES, null));
    }

    @Test
    void filesThatAreJustBeingSavedAreWaitedFor() {
        String first = taken();
        String second = taken();
        assertThat(ask(second, first)).isEqualTo(new FormerFiles(null, "/a#1"));
    }

    @Test
    void whatTheStoreDoesNotKnowIsNotThere() {
        String first = saved();
        assertThat(ask(first, "9@nobody")).isEqualTo(new FormerFiles(null, null));
        bench.take(new Report.FilesPruned(bench.ids.next(), first, 7, List.of()));
        assertThat(ask(taken(), first)).isEqualTo(new FormerFiles(null, null));
    }
}
