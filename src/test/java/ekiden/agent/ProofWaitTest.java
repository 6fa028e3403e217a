package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Proof;
import ekiden.model.mail.CatalogueMail.State;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** While it cannot be known from whom a mail is, nothing is decided about it, and nobody else waits. */
class ProofWaitTest {
    private static final Duration MOMENT = Duration.ofSeconds(5);

    private final ReaderWorld world = new ReaderWorld();
    private final FakeDns dns = new FakeDns(world.time::pass);

    private void start() {
        world.trust = mailbox -> dns;
        world.start();
    }

    private static Conditions signedOrder() {
        return new Conditions(
                List.of(),
                List.of(),
                List.of(),
                List.of(Entry.fromText("order")),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                List.of(Proof.Kind.DKIM.proof()),
                List.of());
    }

    @Test
    void mailIsTakenOnceWhenTheDnsAnswersAndOthersDoNotWaitForIt() {
        start();
        world.define("/signed", signedOrder(), AfterReceive.READ);
        world.define("/any", "lunch", AfterReceive.READ);
        world.step(MOMENT);
        long order = world.deliver("order 1");
        long lunch = world.deliver("lunch");
        world.settle();
        assertThat(world.runs("/any")).hasSize(1);
        assertThat(world.row(lunch).state()).isEqualTo(State.READ);
        assertThat(world.runs("/signed")).isEmpty();
        assertThat(world.cursor().orElseThrow().settled().contains(order)).isFalse();
        assertThat(world.inbox.flags(order)).isEmpty();
        assertThat(world.alarms()).anyMatch(key -> key.endsWith("/" + order));
        assertThat(dns.questions).isGreaterThan(3);
        dns.silent = false;
        world.settle();
        assertThat(world.runs("/signed")).hasSize(1);
        assertThat(world.row(order).state()).isEqualTo(State.READ);
        assertThat(Objects.requireNonNull(world.row(order).summary().facts()).passed())
                .containsExactly("dkim");
        assertThat(world.alarms()).isEmpty();
        world.settle();
        assertThat(world.runs("/signed")).hasSize(1);
    }

    @Test
    void mailWhoseSignatureDoesNotHoldIsSettledWhenThatIsKnown() {
        start();
        world.define("/signed", signedOrder(), AfterReceive.READ);
        long order = world.deliver("order 1");
        world.settle();
        dns.signed = false;
        dns.silent = false;
        world.settle();
        assertThat(world.runs("/signed")).isEmpty();
        assertThat(world.row(order).state()).isEqualTo(State.UNREAD);
        assertThat(world.cursor().orElseThrow().settled().contains(order)).isTrue();
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void watchThatJoinsLaterWaitsForTheDnsToo() {
        start();
        world.define("/any", "lunch", AfterReceive.READ);
        world.step(MOMENT);
        long order = world.deliver("order 1");
        world.settle();
        assertThat(world.row(order).state()).isEqualTo(State.UNREAD);
        assertThat(dns.questions).isZero();
        world.define("/signed", signedOrder(), AfterReceive.READ);
        world.settle();
        assertThat(world.runs("/signed")).isEmpty();
        world.deliver("lunch");
        world.settle();
        assertThat(world.runs("/any")).hasSize(1);
        dns.silent = false;
        world.settle();
        assertThat(world.runs("/signed")).hasSize(1);
        world.settle();
        assertThat(world.runs("/signed")).hasSize(1);
        assertThat(world.row(order).state()).isEqualTo(State.READ);
    }

    @Test
    void watchThatBeginsWhileTheDnsIsSilentAboutOneMailTakesTheOthersAndJoins() {
        start();
        dns.about = "order 1";
        world.define("/any", "lunch", AfterReceive.READ);
        world.step(MOMENT);
        long one = world.deliver("order 1");
        world.deliver("order 2");
        world.settle();
        world.define("/signed", signedOrder(), AfterReceive.READ);
        world.step(Duration.ofSeconds(45));
        assertThat(world.runs("/signed")).hasSize(1);
        world.deliver("order 3");
        world.step(Duration.ofSeconds(45));
        assertThat(world.runs("/signed")).as("it has joined").hasSize(2);
        world.step(Duration.ofMinutes(2));
        assertThat(world.row(one).state()).isEqualTo(State.UNREAD);
        assertThat(world.alarms()).containsExactly("proof/orders/INBOX/7/" + one);
        dns.silent = false;
        world.step(Duration.ofMinutes(2));
        assertThat(world.runs("/signed")).hasSize(3);
        assertThat(world.row(one).state()).isEqualTo(State.READ);
        assertThat(world.alarms()).isEmpty();
        assertThat(world.outbox()).isEmpty();
    }

    @Test
    void manyMailsFromBeforeAboutWhichASlowDnsIsSilentHoldUpNobodyElse() {
        start();
        world.define("/any", "lunch", AfterReceive.READ);
        world.step(MOMENT);
        IntStream.range(0, 40).forEach(i -> world.deliver("order " + i));
        world.settle();
        dns.lasts = Duration.ofSeconds(5);
        world.define("/signed", signedOrder(), AfterReceive.READ);
        world.step(Duration.ofMinutes(1));
        world.deliver("lunch");
        world.step(Duration.ofSeconds(30));
        assertThat(world.runs("/any")).hasSize(1);
        world.step(Duration.ofMinutes(25));
        assertThat(world.agent().readers().getFirst().connections()).isEqualTo(1);
        assertThat(world.alarms()).as("each had its turn and is told").hasSize(40);
        dns.silent = false;
        world.step(Duration.ofMinutes(30));
        assertThat(world.runs("/signed")).hasSize(40);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void processThatEndsWhileAMailFromBeforeIsOpenAsksAgain() {
        start();
        world.define("/any", "lunch", AfterReceive.READ);
        world.step(MOMENT);
        world.deliver("order 1");
        world.settle();
        world.define("/signed", signedOrder(), AfterReceive.READ);
        world.step(Duration.ofMinutes(2));
        assertThat(world.alarms()).hasSize(1);
        world.start();
        world.settle();
        dns.silent = false;
        world.step(Duration.ofMinutes(2));
        assertThat(world.runs("/signed")).hasSize(1);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void processThatEndsMeanwhileAsksAgainAndTakesItOnce() {
        start();
        world.define("/signed", signedOrder(), AfterReceive.READ);
        world.step(MOMENT);
        world.deliver("order 1");
        world.settle();
        world.start();
        world.settle();
        dns.silent = false;
        world.settle();
        world.start();
        world.settle();
        assertThat(world.runs("/signed")).hasSize(1);
    }

    @Test
    void slowDnsHoldsUpNeitherTheSessionNorMailsOfOthers() {
        start();
        world.define("/signed", signedOrder(), AfterReceive.READ);
        world.define("/any", "lunch", AfterReceive.READ);
        world.step(MOMENT);
        dns.lasts = Duration.ofSeconds(5);
        IntStream.range(0, 40).forEach(i -> world.deliver("order " + i));
        world.deliver("lunch");
        world.step(Duration.ofSeconds(20));
        assertThat(world.runs("/any")).as("the batch of the forty").hasSize(1);
        world.step(Duration.ofMinutes(3));
        world.deliver("lunch");
        world.step(Duration.ofSeconds(30));
        assertThat(world.runs("/any")).as("while the forty wait").hasSize(2);
        assertThat(world.agent().readers().getFirst().connections()).isEqualTo(1);
        assertThat(world.alarms()).noneMatch("mailbox/orders/INBOX"::equals);
        assertThat(dns.questions).as("each has its turn").isGreaterThan(40);
        assertThat(world.alarms()).as("each is told").hasSize(40);
        dns.silent = false;
        world.step(Duration.ofMinutes(8));
        assertThat(world.runs("/signed")).hasSize(40);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void sessionThatEndsForgetsNotSinceWhenAMailWaits() {
        start();
        world.define("/signed", signedOrder(), AfterReceive.READ);
        world.step(MOMENT);
        long order = world.deliver("order 1");
        for (int i = 0; i < 6; i++) {
            world.step(Duration.ofSeconds(6));
            world.faults.fail(Problem.of(ReceiveMessage.LOST, "reply", "closed"));
        }
        world.step(MOMENT);
        assertThat(world.agent().readers().getFirst().connections()).isGreaterThan(3);
        assertThat(world.alarms()).anyMatch(key -> key.endsWith("/" + order));
        assertThat(dns.questions).as("it is tried more and more rarely").isLessThan(9);
    }

    @Test
    void aboutAMailThatNobodyWantsNobodyIsAsked() {
        start();
        world.define("/signed", signedOrder(), AfterReceive.READ);
        world.step(MOMENT);
        world.deliver("invoice");
        world.settle();
        assertThat(dns.questions).isZero();
        assertThat(world.catalogue()).hasSize(1);
    }
}
