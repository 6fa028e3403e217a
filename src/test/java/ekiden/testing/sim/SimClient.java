package ekiden.testing.sim;

import ekiden.base.Result;
import ekiden.mail.receive.smtpd.Envelope;
import ekiden.mail.receive.smtpd.RecipientVerdict;
import ekiden.mail.spool.SpoolHeader;
import ekiden.mail.spool.SpoolWriter;
import ekiden.model.mail.RawMail;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A client that sends one mail, again and again until it hears 250. The listener does what the real one does. */
final class SimClient {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Map<String, String> FACTS =
            Map.of("together", "true", "client", "192.0.2.1", "helo", "out.example", "protocol", "ESMTP");

    final SimMail mail;
    private final SimWorld world;
    /** Counts the connections; whatever an older one still hears does not matter. */
    private int connection;

    private boolean connected;
    private @Nullable CompletableFuture<Void> hearing;
    private boolean heard250;

    SimClient(SimWorld world, SimMail mail) {
        this.world = world;
        this.mail = mail;
    }

    boolean done() {
        return heard250 && (hearing == null || hearing.isDone());
    }

    void begin(Duration delay) {
        world.schedule.outside(delay, "client " + mail.number() + " connects", this::connect);
    }

    /** The process at the other end is gone. */
    void connectionLost() {
        if (connected) {
            later();
        }
    }

    private void later() {
        connected = false;
        connection++;
        int seconds = world.chance.between(1, 40);
        begin(Duration.ofSeconds(seconds));
    }

    private void connect() {
        if (heard250 || connected) {
            return;
        }
        if (!world.listening()) {
            later();
            return;
        }
        connected = true;
        int mine = ++connection;
        int life = world.agentHost.life();
        Duration delay = world.chance.upTo(Duration.ofMillis(20));
        world.schedule.within(world.agentHost, life, delay, "mail " + mail.number() + " comes in", () -> receive(mine));
    }

    private void receive(int mine) {
        String place = world.ids.next().toString();
        SpoolHeader header = new SpoolHeader(Envelope.KIND, mail.sender(), mail.recipients(), world.clock.now(), FACTS);
        Result<RawMail> spooled = world.spool().begin(place, header).then(writer -> write(writer));
        world.trace.say(() -> "mail " + mail.number() + " spooled: " + spooled);
        switch (spooled) {
            case Result.Failed<RawMail> ignored -> {
                world.census.count("452");
                later();
            }
            case Result.Ok<RawMail>(RawMail raw) -> {
                boolean slow = world.chance.one(world.faults().slow());
                Duration delay = world.chance.upTo(Duration.ofMillis(slow ? 20_000 : 2));
                String what = "mail " + mail.number() + " is handed over";
                world.schedule.within(
                        world.agentHost, world.agentHost.life(), delay, what, () -> deliver(mine, header, raw));
            }
        }
    }

    private Result<RawMail> write(SpoolWriter writer) {
        byte[] bytes = mail.bytes().getBytes(StandardCharsets.US_ASCII);
        int cut = world.chance.below(bytes.length);
        writer.write(ByteBuffer.wrap(bytes, 0, cut));
        writer.write(ByteBuffer.wrap(bytes, cut, bytes.length - cut));
        return writer.finish();
    }

    private void deliver(int mine, SpoolHeader header, RawMail raw) {
        CompletableFuture<List<RecipientVerdict>> answer =
                world.agent().delivery().deliver(Envelope.of(header), raw);
        boolean[] over = new boolean[1];
        world.schedule.within(world.agentHost, world.agentHost.life(), DEADLINE, "451 to " + mail.number(), () -> {
            if (!over[0] && mine == connection) {
                over[0] = true;
                world.census.count("451");
                later();
            }
        });
        hearing = answer.thenAccept(verdicts -> {
                    if (!over[0] && mine == connection) {
                        over[0] = true;
                        answered(verdicts);
                    }
                })
                .exceptionally(bug -> {
                    world.violate(Violation.Checker.BUG, "an answer to mail " + mail.number() + " ended by " + bug);
                    return null;
                });
    }

    private void answered(List<RecipientVerdict> verdicts) {
        boolean accepted = verdicts.size() == mail.recipients().size()
                && verdicts.stream().allMatch(RecipientVerdict.Accepted.class::isInstance);
        if (!accepted) {
            later();
            return;
        }
        world.trace.say(() -> "250 to " + mail.number() + ": " + verdicts);
        world.durable.acknowledged(mail);
        if (world.chance.one(world.faults().replyLost())) {
            later();
        } else {
            heard250 = true;
            connected = false;
        }
    }
}
