package ekiden.mail.receive.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.disk.Disk;
import ekiden.disk.FileDisk;
import ekiden.mail.receive.smtpd.SmtpdSettings.Protocol;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolLimits;
import ekiden.model.mail.RawMail;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A listener on a free port of the loopback with a spool in memory and a receiver that notes and accepts all. */
final class SmtpdRig implements AutoCloseable {
    static final Path SPOOL = Path.of("/home/spool");
    static final Map<String, String> RECIPIENTS =
            Map.of("orders@localhost", "orders", "Invoices@Shop.Example", "invoices", "*@any.example", "all");

    /** What the receiver was given. */
    record Delivered(Envelope envelope, RawMail mail) {}

    /** Where tests that need no real disk have their spool. */
    final MemoryDisk disk = new MemoryDisk(new Random(1));

    final BlockingQueue<Delivered> delivered = new LinkedBlockingQueue<>();
    final BlockingQueue<Problem> problems = new LinkedBlockingQueue<>();
    final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final ThreadTasks tasks = new ThreadTasks();
    private final SystemClock clock = new SystemClock();
    private final Spool spool;
    volatile Consumer<String> connected = client -> {};
    private volatile Function<Delivered, CompletableFuture<List<RecipientVerdict>>> receiver = SmtpdRig::acceptAll;
    private @Nullable SmtpServer server;
    SmtpdSettings settings = SmtpdSettings.loopback(0, RECIPIENTS);

    SmtpdRig() {
        spool = ok(Spool.start(disk, SPOOL, SpoolLimits.DEFAULT, clock));
        limit("linger", Duration.ofMillis(200));
    }

    /** With its spool in a real folder. */
    SmtpdRig(Path folder) {
        spool = ok(Spool.start(new FileDisk(), folder, SpoolLimits.DEFAULT, clock));
    }

    SmtpdRig receiver(Function<Delivered, CompletableFuture<List<RecipientVerdict>>> changed) {
        receiver = changed;
        return this;
    }

    SmtpdRig lmtp() {
        settings = with(settings, "protocol", Protocol.LMTP);
        return this;
    }

    SmtpdRig set(String name, Object value) {
        settings = with(settings, name, value);
        return this;
    }

    SmtpdRig limit(String name, Object value) {
        settings = with(settings, "limits", with(settings.limits(), name, value));
        return this;
    }

    /** A record with one component changed. */
    static <R extends Record> R with(R record, String name, Object value) {
        try {
            RecordComponent[] components = record.getClass().getRecordComponents();
            List<Object> values = new ArrayList<>();
            for (RecordComponent component : components) {
                values.add(
                        component.getName().equals(name)
                                ? value
                                : component.getAccessor().invoke(record));
            }
            assertThat(components).extracting(RecordComponent::getName).contains(name);
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            @SuppressWarnings("unchecked")
            R changed = (R) record.getClass().getDeclaredConstructor(types).newInstance(values.toArray());
            return changed;
        } catch (ReflectiveOperationException wrong) {
            throw new LinkageError("record " + record, wrong);
        }
    }

    static CompletableFuture<List<RecipientVerdict>> acceptAll(Delivered mail) {
        return CompletableFuture.completedFuture(mail.envelope().recipients().stream()
                .map(r -> (RecipientVerdict) new RecipientVerdict.Accepted("mail for " + r.mailbox()))
                .toList());
    }

    Result<SmtpServer> tryStart(Disk certificates) {
        SmtpdListener listener = new SmtpdListener() {
            @Override
            public void problem(Problem problem) {
                problems.add(problem);
            }

            @Override
            public void connected(String client) {
                connected.accept(client);
            }

            @Override
            public void endOfData(String place, long nanos) {
                ends.add(place);
            }
        };
        Delivery delivery = (envelope, mail) -> {
            Delivered one = new Delivered(envelope, mail);
            delivered.add(one);
            return receiver.apply(one);
        };
        SmtpdParts parts = new SmtpdParts(spool, delivery, new Ids(clock), clock, tasks, certificates, listener);
        return SmtpServer.start(settings, parts);
    }

    SmtpdRig start() {
        return start(disk);
    }

    SmtpdRig start(Disk certificates) {
        server = ok(tryStart(certificates));
        return this;
    }

    SmtpServer server() {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server;
    }

    InetSocketAddress address() {
        return server().address();
    }

    /** A client that has read the greeting. */
    SmtpClient client() throws IOException {
        SmtpClient client = new SmtpClient(address());
        client.expect(220);
        return client;
    }

    /** A client that has said EHLO or LHLO. */
    SmtpClient greeted() throws IOException {
        SmtpClient client = client();
        client.send(settings.protocol() == Protocol.LMTP ? "LHLO client.example" : "EHLO client.example");
        client.expect(250);
        return client;
    }

    /** A client that has begun a mail to one recipient. */
    SmtpClient addressed() throws IOException {
        SmtpClient client = greeted();
        client.say("MAIL FROM:<edi@customer.example>", 250);
        client.say("RCPT TO:<orders@localhost>", 250);
        return client;
    }

    Delivered next() throws InterruptedException {
        Delivered next = delivered.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was delivered");
        }
        return next;
    }

    byte[] bytes(RawMail mail) throws IOException {
        try (InputStream stream = ok(spool.stream(mail))) {
            return stream.readAllBytes();
        }
    }

    String text(RawMail mail) throws IOException {
        return new String(bytes(mail), StandardCharsets.ISO_8859_1);
    }

    /** Waits until every connection has ended, so that what they left behind can be looked at. */
    Map<Path, byte[]> leftBehind() {
        server().stop(Duration.ofSeconds(20));
        return disk.files();
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        tasks.close();
    }

    static <T> T ok(Result<T> result) {
        return switch (result) {
            case Result.Ok<T>(T value) -> value;
            case Result.Failed<T>(Problem problem) -> throw new AssertionError(problem.toString());
        };
    }

    static Problem failed(Result<?> result) {
        return switch (result) {
            case Result.Ok<?> fine -> throw new AssertionError("should have failed: " + fine);
            case Result.Failed<?> failed -> failed.problem();
        };
    }
}
