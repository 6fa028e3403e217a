package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.match.Prover;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MimeMessage;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.RawSource;
import ekiden.mail.proof.MailTrust;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Proof;
import ekiden.model.mail.CatalogueMail.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** While it cannot be known from whom a mail is, nothing is decided about it, and nobody else waits. */
class ProofWaitTest {
    private static final Duration MOMENT = Duration.ofSeconds(5);

    private static final Problem SILENT =
            Problem.of(MimeMessage.NOT_PROVED_YET, "domain", "x.example", "reason", "silent");

    private final ReaderWorld world = new ReaderWorld();
    private boolean silent = true;
    private boolean signed = true;
    private int questions;
    /** How long each question lasts. */
    private Duration lasts = Duration.ZERO;

    /** The DNS, as far as a mail of this test needs it. */
    private final class Dns implements MailTrust.Means {
        @Override
        public Result<Opening> opening() {
            return Result.ok(Opening.USUAL);
        }

        @Override
        public Prover prover(Message message, Instant arrived, Supplier<Result<RawSource>> bytes) {
            return prover(() -> true);
        }

        private Prover prover(BooleanSupplier mayAsk) {
            Map<Proof.Kind, Prover.Answer> asked = new HashMap<>();
            return new Prover() {
                @Override
                public Answer prove(Proof.Kind proof) {
                    return asked.computeIfAbsent(proof, first -> answer(mayAsk));
                }

                @Override
                public Prover asking(BooleanSupplier may) {
                    return prover(may);
                }

                @Override
                public Map<Proof.Kind, Answer> asked() {
                    return asked;
                }
            };
        }

        private Prover.Answer answer(BooleanSupplier mayAsk) {
            if (!mayAsk.getAsBoolean()) {
                return Prover.Answer.open(SILENT, "not asked");
            }
            questions++;
            world.time.pass(lasts);
            return silent
                    ? Prover.Answer.open(SILENT, "silent")
                    : signed ? Prover.Answer.holds("x.example") : Prover.Answer.fails("nobody");
        }
    }

    private void start() {
        Dns dns = new Dns();
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
        assertThat(questions).isGreaterThan(3);
        silent = false;
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
        signed = false;
        silent = false;
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
        assertThat(questions).isZero();
        world.define("/signed", signedOrder(), AfterReceive.READ);
        world.settle();
        assertThat(world.runs("/signed")).isEmpty();
        world.deliver("lunch");
        world.settle();
        assertThat(world.runs("/any")).hasSize(1);
        silent = false;
        world.settle();
        assertThat(world.runs("/signed")).hasSize(1);
        world.settle();
        assertThat(world.runs("/signed")).hasSize(1);
        assertThat(world.row(order).state()).isEqualTo(State.READ);
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
        silent = false;
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
        lasts = Duration.ofSeconds(5);
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
        assertThat(questions).as("each has its turn").isGreaterThan(40);
        assertThat(world.alarms()).as("each is told").hasSize(40);
        silent = false;
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
        assertThat(questions).as("it is tried more and more rarely").isLessThan(9);
    }

    @Test
    void aboutAMailThatNobodyWantsNobodyIsAsked() {
        start();
        world.define("/signed", signedOrder(), AfterReceive.READ);
        world.step(MOMENT);
        world.deliver("invoice");
        world.settle();
        assertThat(questions).isZero();
        assertThat(world.catalogue()).hasSize(1);
    }
}
