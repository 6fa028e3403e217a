package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.CatalogueMail.State;
import ekiden.model.mail.UidSet;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A watch that comes later than mails that lie at the server. */
class LateServerWatchTest {
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private final ReaderWorld world = new ReaderWorld();

    private void three() {
        world.start();
        world.step(MOMENT);
        world.deliver("order 1");
        world.deliver("order 2");
        world.deliver("lunch");
        world.step(MOMENT);
        assertThat(world.catalogue()).hasSize(3);
        assertThat(world.spooled()).isEmpty();
    }

    @Test
    void mailsThatWaitAreFetchedAndTaken() {
        three();
        world.define("/a", "order", AfterReceive.READ);
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.row(1).state()).isEqualTo(State.READ);
        assertThat(world.row(3).state()).isEqualTo(State.UNREAD);
        assertThat(world.spooled()).isEmpty();
    }

    @Test
    void mailAtWhichTheServerEndsTheSessionHoldsUpOnlyTheWatchThatMayWantIt() {
        three();
        world.faults.endAt(1, true);
        world.define("/a", "order", AfterReceive.READ);
        world.define("/b", "lunch", AfterReceive.NONE);
        world.step(Duration.ofSeconds(40));
        world.deliver("lunch again");
        world.step(MOMENT);
        assertThat(world.runs("/b")).hasSize(2);
        assertThat(world.runs("/a")).isEmpty();
        assertThat(world.alarms()).as("who waits is told").containsExactly("announced/orders/INBOX/1");
        world.step(Duration.ofMinutes(20));
        assertThat(world.alarms()).contains("announced/orders/INBOX/1");
        world.faults.endAtNothing();
        world.step(Duration.ofMinutes(6));
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void mailsThatSomebodyReadOrRemovedMeanwhileAreNotTakenAndRecorded() {
        three();
        world.inbox.addFlags(UidSet.of(1), Set.of("\\Seen"));
        world.inbox.expunge(UidSet.of(2));
        world.define("/a", "order", AfterReceive.READ);
        world.settle();
        assertThat(world.runs("/a")).isEmpty();
        assertThat(world.row(1).state()).isEqualTo(State.READ_ELSEWHERE);
        assertThat(world.row(2).state()).isEqualTo(State.GONE);
    }

    @Test
    void mailThatIsRemovedBetweenTheQuestionsIsGoneAndWasNotRead() {
        three();
        world.faults.beforeSearch(() -> world.faults.beforeSearch(() -> world.inbox.expunge(UidSet.of(2))));
        world.define("/a", "order", AfterReceive.NONE);
        world.settle();
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.row(2).state()).isEqualTo(State.GONE);
    }

    @Test
    void textIsFetchedAgainAndWhatDoesNotMatchLeavesNothing() {
        three();
        world.define("/a", new Conditions(List.of(), List.of(), List.of("nothing of that kind")), AfterReceive.READ);
        world.define("/b", new Conditions(List.of(), List.of(), List.of("text")), AfterReceive.NONE);
        world.settle();
        assertThat(world.runs("/a")).isEmpty();
        assertThat(world.runs("/b")).hasSize(3);
        assertThat(world.spooled()).isEmpty();
    }

    @Test
    void connectionThatBreaksDuringTheTestIsNoReasonToPassAMailOver() {
        three();
        world.faults.fail(Problem.of(ReceiveMessage.LOST, "host", "memory"));
        world.define("/a", "order", AfterReceive.READ);
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
    }

    @Test
    void mailsAreTakenUnderTheirNewUidsWhenTheFolderIsRenumbered() {
        three();
        world.faults.fail(Problem.of(ReceiveMessage.LOST, "host", "memory"));
        world.define("/a", "order", AfterReceive.READ);
        world.inbox.renumber(50, 70);
        world.settle();
        world.settle();
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.inbox.flags(70)).contains("\\Seen");
    }
}
