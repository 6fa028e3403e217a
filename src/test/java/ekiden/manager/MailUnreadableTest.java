package ekiden.manager;

import static ekiden.manager.Bench.jobnet;
import static ekiden.manager.Bench.rule;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.ReceiveMail.ClaimRule;
import ekiden.model.mail.CatalogueMail.State;
import ekiden.model.run.Claim;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Mails whose bytes were there when they came and cannot be read any more. */
class MailUnreadableTest {
    private static final AfterReceive DELETE = new AfterReceive(false, null, null, true);
    private final Bench bench = new Bench();

    private String watch(String unit, AfterReceive after) {
        return "start/" + bench.define(jobnet(unit, rule("x", ClaimRule.ALL, after)));
    }

    @Test
    void mailDamagedInTheSpoolIsShownAndGoesThroughOnceItIsRestored() {
        Report.Found mail = bench.mail("x");
        bench.kept(mail);
        bench.take(new Report.MailUnreadable(bench.ids.next(), 1, Objects.requireNonNull(mail.raw()), Bench.WRONG));
        assertThat(bench.catalogue(1).state()).isEqualTo(State.QUARANTINED);
        assertThat(bench.catalogue(1).problem()).isEqualTo(Bench.WRONG);
        assertThat(bench.openAlarms()).containsExactly("quarantine/1");
        String watch = watch("/a", AfterReceive.NONE);
        assertThat(bench.agent.assigned(Assignment.TestMails.class)).isEmpty();
        bench.give(new Command.ReleaseMail(1));
        Report.Found restored = bench.mail("x", watch);
        bench.take(new Report.QuarantineDone(bench.ids.next(), 1, restored));
        assertThat(bench.claims(1)).extracting(Claim::watch).containsExactly(watch);
        assertThat(bench.openAlarms()).isEmpty();
    }

    /** An order to save that came twice finds no bytes any more, before the word that the action is done. */
    @Test
    void bytesOfAMailThatIsSavedMayBeGoneWhileItsActionIsDone() {
        String watch = watch("/a", DELETE);
        Report.Found mail = bench.mail("x", watch);
        bench.kept(mail);
        bench.saved("1@" + watch);
        bench.take(new Report.MailUnreadable(bench.ids.next(), 1, Objects.requireNonNull(mail.raw()), Bench.WRONG));
        assertThat(bench.catalogue(1).state()).isEqualTo(State.UNREAD);
        assertThat(bench.openAlarms()).isEmpty();
        bench.take(new Report.AfterReceiveDone(bench.ids.next(), List.of(new Report.Treated(1, false, null))));
        assertThat(bench.catalogue(1).state()).isEqualTo(State.REMOVED);
    }

    @Test
    void bytesThatAreNotNeededAnyMoreMayBeGone() {
        String watch = watch("/a", DELETE);
        Report.Found mail = bench.mail("x", watch);
        bench.kept(mail);
        Report.Found other = bench.mail("y");
        bench.kept(other);
        bench.take(new Report.MailUnreadable(bench.ids.next(), 2, Objects.requireNonNull(mail.raw()), Bench.WRONG));
        bench.saved("1@" + watch);
        bench.take(new Report.AfterReceiveDone(bench.ids.next(), List.of(new Report.Treated(1, false, null))));
        bench.take(new Report.MailUnreadable(bench.ids.next(), 1, Objects.requireNonNull(mail.raw()), Bench.WRONG));
        assertThat(bench.catalogue(1).state()).isEqualTo(State.REMOVED);
        assertThat(bench.catalogue(2).state()).as("other bytes").isEqualTo(State.UNREAD);
        assertThat(bench.openAlarms()).isEmpty();
    }
}
