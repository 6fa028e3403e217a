package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.Assignment;
import ekiden.mail.receive.smtpd.Envelope;
import ekiden.mail.receive.smtpd.RecipientVerdict;
import ekiden.mail.spool.SpoolHeader;
import ekiden.mail.spool.SpoolRecipient;
import ekiden.mail.spool.SpoolWriter;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Proof;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.RawMail;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Mails that our own listener takes while the DNS is silent. */
class ProofAtListenerTest {
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Instant LONG_AGO = Instant.parse("2026-01-02T03:04:05Z");

    private final ReaderWorld world = new ReaderWorld();
    private final FakeDns dns = new FakeDns(world.time::pass);

    private void start() {
        world.trust = mailbox -> dns;
        world.start();
        Conditions conditions = new Conditions(
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
        world.define("/signed", conditions, AfterReceive.NONE);
        world.define("/any", "lunch", AfterReceive.NONE);
        world.step(MOMENT);
    }

    private static <T> T good(Result<T> result) {
        return switch (result) {
            case Result.Ok<T>(T value) -> value;
            case Result.Failed<T>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    private SpoolHeader header() {
        List<SpoolRecipient> to = List.of(new SpoolRecipient("orders@here.example", ReaderWorld.BOX));
        return new SpoolHeader(Envelope.KIND, "edi@x.example", to, world.time.now(), Map.of("together", "true"));
    }

    private RawMail spooled(String subject, SpoolHeader header) {
        SpoolWriter writer = good(world.spool().begin(world.ids.next().toString(), header));
        writer.write(ByteBuffer.wrap(world.mail(subject, "text")));
        return good(writer.finish());
    }

    private CompletableFuture<List<RecipientVerdict>> deliver(String subject) {
        SpoolHeader header = header();
        return world.agent().delivery().deliver(Envelope.of(header), spooled(subject, header));
    }

    @Test
    void mailIsTriedMoreAndMoreRarelyPeopleAreToldAndItIsTakenOnce() {
        start();
        CompletableFuture<List<RecipientVerdict>> answer = deliver("order 1");
        world.step(Duration.ofMinutes(10));
        assertThat(dns.questions).isBetween(10, 16);
        assertThat(world.alarms()).singleElement().asString().startsWith("proof/orders/");
        assertThat(answer).isNotDone();
        dns.silent = false;
        world.step(Duration.ofMinutes(2));
        assertThat(answer).isCompleted();
        assertThat(world.runs("/signed")).hasSize(1);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void othersHaveTheRoomForReadingWhileAnswersAreWaitedFor() {
        world.agentSettings = roomForOne(world.agentSettings);
        start();
        boolean[] first = {true};
        dns.asked = () -> {
            if (first[0]) {
                first[0] = false;
                deliver("lunch");
            }
        };
        deliver("order 1");
        world.step(MOMENT);
        assertThat(first[0]).isFalse();
        assertThat(world.runs("/any")).hasSize(1);
    }

    @Test
    void quarantinedMailIsVerifiedAsOfWhenItCame() {
        start();
        RawMail raw = spooled("order 1", header());
        MailIdentity identity = new MailIdentity(ReaderWorld.BOX, "key");
        world.agent()
                .assigned(List.of(new Assignment.TreatQuarantined(7, identity, raw, null, "edi@x.example", LONG_AGO)));
        world.step(MOMENT);
        assertThat(dns.arrivals).containsExactly(LONG_AGO);
    }

    @Test
    void quarantinedMailIsTriedMoreAndMoreRarelyWhileTheDnsIsSilentAndPeopleAreToldOnce() {
        start();
        RawMail raw = spooled("order 1", header());
        MailIdentity identity = new MailIdentity(ReaderWorld.BOX, "key");
        world.agent()
                .assigned(List.of(new Assignment.TreatQuarantined(7, identity, raw, null, "edi@x.example", LONG_AGO)));
        world.step(Duration.ofSeconds(20));
        assertThat(proofAlarms()).isEmpty();
        world.step(Duration.ofMinutes(10));
        assertThat(dns.questions).isBetween(10, 16);
        assertThat(proofAlarms()).containsExactly("proof/orders/key");
        dns.silent = false;
        world.step(Duration.ofMinutes(2));
        assertThat(proofAlarms()).isEmpty();
        int last = dns.questions;
        world.step(Duration.ofMinutes(10));
        assertThat(dns.questions).as("it is known").isEqualTo(last);
    }

    private List<String> proofAlarms() {
        return world.alarms().stream().filter(key -> key.startsWith("proof/")).toList();
    }

    /** Who finds no room has no patience. */
    private static AgentSettings roomForOne(AgentSettings usual) {
        return new AgentSettings(
                usual.attempts(),
                usual.reports(),
                usual.files(),
                usual.canaries(),
                usual.askAgain(),
                usual.retry(),
                usual.sweep(),
                usual.commands(),
                usual.sendRetries(),
                usual.sendRetryInterval(),
                usual.killGrace(),
                usual.startGrace(),
                usual.retests(),
                usual.reportsAtOnce(),
                usual.output(),
                1,
                Duration.ofMillis(1),
                usual.keptText(),
                usual.shortLooks(),
                usual.restingLooks(),
                usual.proofTime(),
                usual.proofPause(),
                usual.proofTold(),
                usual.freeSpace());
    }
}
