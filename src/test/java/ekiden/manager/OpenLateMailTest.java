package ekiden.manager;

import static ekiden.manager.Bench.jobnet;
import static ekiden.manager.Bench.rule;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.Proof;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.ReceiveMail.ClaimRule;
import ekiden.model.definition.SaveRule;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.RawMail;
import ekiden.model.run.Watch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A mail from before a watch, about which the DNS gave no answer, waits for itself. */
class OpenLateMailTest {
    private Bench bench = new Bench(2);

    private String signed(String unit) {
        return "start/" + bench.define(jobnet(unit, signedRule()));
    }

    private static ReceiveMail signedRule() {
        Conditions conditions = new Conditions(
                List.of(),
                List.of(),
                List.of(),
                List.of(Entry.fromText("x")),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                List.of(Proof.Kind.DKIM.proof()),
                List.of());
        return new ReceiveMail(Bench.BOX, conditions, SaveRule.DEFAULT, AfterReceive.READ, ClaimRule.ALL, 5);
    }

    private Report.Match match(long mail) {
        return new Report.Match(
                mail,
                new RawMail("late-" + mail, 100, "cd"),
                bench.catalogue(mail).summary());
    }

    private void open(String watch, long upTo, List<Report.Match> matches, Long... open) {
        bench.take(new Report.MailsTested(
                bench.ids.next(), watch, bench.batch(watch, upTo), matches, List.of(), List.of(open)));
    }

    private void proved(String watch, long mail, Report.@Nullable Match match) {
        MailIdentity identity = bench.catalogue(mail).identity();
        bench.take(new Report.MailProved(bench.ids.next(), watch, mail, identity, match, List.of()));
    }

    private boolean joined(String watch) {
        return bench.watches().stream().filter(one -> one.id().equals(watch)).allMatch(Watch::joined);
    }

    @Test
    void watchTakesTheOthersJoinsAndTakesItWhenItIsProved() {
        bench.kept(bench.mail("x1"));
        bench.kept(bench.mail("x2"));
        String watch = signed("/a");
        open(watch, 2, List.of(match(2)), 1L);
        assertThat(joined(watch)).isTrue();
        assertThat(bench.claims(2)).hasSize(1);
        assertThat(bench.outbox()).contains("prove/" + watch + "/1");
        proved(watch, 1, match(1));
        assertThat(bench.claims(1)).hasSize(1);
        assertThat(bench.outbox()).noneMatch(key -> key.startsWith("prove/"));
        proved(watch, 1, match(1));
        assertThat(bench.runs("/a")).as("an answer that comes again").hasSize(2);
    }

    @Test
    void mailThatOneMayStillTakeIsNotSettledForTheOthers() {
        String early = "start/" + bench.define(jobnet("/early", rule("x", ClaimRule.ALL, AfterReceive.READ)));
        bench.kept(bench.mail("x1"));
        String watch = signed("/a");
        bench.kept(bench.mail("x2", early));
        open(watch, 1, List.of());
        open(watch, 2, List.of(), 2L);
        assertThat(joined(watch)).isTrue();
        bench.saved("2@" + early);
        assertThat(bench.outbox()).doesNotContain("after/2");
        proved(watch, 2, null);
        assertThat(bench.outbox()).contains("after/2");
    }

    @Test
    void watchThatIsGoneWaitsForNothingAndLetsTheMailBeSettled() {
        String early = "start/" + bench.define(jobnet("/early", rule("x", ClaimRule.ALL, AfterReceive.READ)));
        bench.kept(bench.mail("x1"));
        String watch = signed("/a");
        bench.kept(bench.mail("x2", early));
        open(watch, 1, List.of());
        open(watch, 2, List.of(), 2L);
        bench.saved("2@" + early);
        bench.give(new Command.Delete("/a"));
        assertThat(bench.outbox()).contains("after/2").noneMatch(key -> key.startsWith("prove/"));
        proved(watch, 2, match(2));
        assertThat(bench.claims(2)).as("an answer that comes late").hasSize(1);
    }

    @Test
    void jobThatWaitsForOneMailTakesTheFirstOfWhichItIsKnownAndTheOtherStaysFree() {
        bench.kept(bench.mail("x1"));
        bench.kept(bench.mail("x2"));
        bench.define(jobnet("/a", null, Jobnet.Overlap.ALLOW, Bench.job("wait", signedRule())));
        bench.start("/a");
        String watch = bench.watches().getFirst().id();
        open(watch, 2, List.of(match(2)), 1L);
        assertThat(bench.claims(2)).hasSize(1);
        assertThat(bench.outbox()).noneMatch(key -> key.startsWith("prove/"));
        proved(watch, 1, match(1));
        assertThat(bench.claims(1)).isEmpty();
        assertThat(bench.catalogue(1).state()).isEqualTo(CatalogueMail.State.UNREAD);
    }

    @Test
    void mailThatAnotherHasTakenMeanwhileIsNotTakenTwice() {
        bench.kept(bench.mail("x1"));
        String watch = signed("/a");
        open(watch, 1, List.of(), 1L);
        String other = "start/" + bench.define(jobnet("/b", Bench.rule("x")));
        open(other, 1, List.of(match(1)));
        assertThat(bench.claims(1)).hasSize(1);
        proved(watch, 1, match(1));
        assertThat(bench.claims(1)).hasSize(1);
        assertThat(bench.runs("/a")).isEmpty();
        assertThat(bench.outbox()).noneMatch(key -> key.startsWith("prove/"));
    }

    @Test
    void answerUnderAnOldNameIsAskedForAgain() {
        bench.kept(bench.mail("x1"));
        String watch = signed("/a");
        open(watch, 1, List.of(), 1L);
        MailIdentity other = new MailIdentity(Bench.BOX, "INBOX/6/1");
        bench.take(new Report.MailProved(bench.ids.next(), watch, 1, other, match(1), List.of()));
        assertThat(bench.claims(1)).isEmpty();
        assertThat(bench.outbox()).containsExactly("prove/" + watch + "/1");
        assertThat(bench.agent.assigned(Assignment.ProveMail.class)).hasSize(1);
    }

    @Test
    void oneMoreOpenMailThanThereIsRoomForLeavesItsBatchWaiting() {
        bench = new Bench(2_000, 2_000);
        IntStream.rangeClosed(1, 1_001).forEach(i -> bench.kept(bench.mail("x" + i)));
        String watch = signed("/a");
        Long[] all = LongStream.rangeClosed(1, 1_001).boxed().toArray(Long[]::new);
        open(watch, 1_001, List.of(), all);
        assertThat(joined(watch)).isFalse();
        assertThat(bench.outbox()).singleElement().asString().startsWith("test/");
        open(watch, 1_001, List.of(match(1_001)), Arrays.copyOf(all, 1_000));
        assertThat(joined(watch)).isTrue();
        assertThat(bench.claims(1_001)).hasSize(1);
        assertThat(bench.outbox(2_000))
                .filteredOn(key -> key.startsWith("prove/"))
                .hasSize(1_000);
        String other = signed("/b");
        assertThat(bench.batch(other, 1_000)).isNotEqualTo("none");
        open(other, 1_000, List.of(), 1L);
        assertThat(joined(other)).as("the room is one for all").isFalse();
    }
}
