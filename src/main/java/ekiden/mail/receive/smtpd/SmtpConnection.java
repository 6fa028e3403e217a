package ekiden.mail.receive.smtpd;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.spool.SpoolWriter;
import ekiden.model.mail.RawMail;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One client: carries out what its session wants. Lives on one virtual thread; {@link #stop} comes from another. */
final class SmtpConnection implements Runnable {
    private static final System.Logger LOG = LazyLogger.of(SmtpConnection.class);
    private static final String STOPPING = "421 4.3.2 going down";

    /** Who may write to the client: while the session waits for a line, a stop may say a last word. */
    private enum Phase {
        BUSY,
        WAITING,
        STOPPED
    }

    private final SmtpWire wire;
    private final String client;
    private final SmtpdSettings settings;
    private final SmtpdParts parts;
    private final @Nullable SSLContext tls;
    private final SmtpSession session;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.BUSY);
    private volatile boolean stopping;
    private boolean open = true;
    private @Nullable SmtpBody body;

    SmtpConnection(SmtpWire wire, String client, SmtpServer.Setup setup) {
        this.wire = wire;
        this.client = client;
        this.settings = setup.settings();
        this.parts = setup.parts();
        this.tls = setup.tls();
        this.session = new SmtpSession(settings, setup.recipients(), tls != null);
    }

    @Override
    public void run() {
        try (wire) {
            converse();
        } catch (EOFException gone) {
            LOG.log(Level.DEBUG, "{0} hung up in {1}", client, session.state());
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "{0} lost in {1}: {2}", client, session.state(), broken);
        } finally {
            abandon();
        }
    }

    private void converse() throws IOException {
        try {
            carryOut(session.greeting());
            boolean on = true;
            while (on && open) {
                on = heard();
            }
        } catch (SocketTimeoutException slow) {
            abandon();
            carryOut(session.end("421 4.4.2 waited too long"));
        }
    }

    /** Takes one line, and false when a stop has taken the socket away meanwhile. */
    private boolean heard() throws IOException {
        if (!wire.lineThere()) {
            wire.flush();
            phase.set(Phase.WAITING);
        }
        if (stopping && returnFromWait()) {
            carryOut(session.end(STOPPING));
            return true;
        }
        SmtpWire.Line line = wire.line(settings.limits().command());
        if (!returnFromWait()) {
            return false;
        }
        carryOut(line.refusal().isEmpty() ? session.command(line.text()) : session.badLine(line.refusal()));
        return true;
    }

    private boolean returnFromWait() {
        return phase.compareAndSet(Phase.WAITING, Phase.BUSY) || phase.get() == Phase.BUSY;
    }

    /** Ends the conversation at the next pause, at once where it pauses now. */
    void stop() {
        stopping = true;
        if (phase.compareAndSet(Phase.WAITING, Phase.STOPPED)) {
            wire.interject(STOPPING + "\r\n");
        }
    }

    void closeIfLate(long nanos) {
        wire.closeIfLate(nanos);
    }

    void close() {
        wire.close();
    }

    private void carryOut(List<SmtpAction> actions) throws IOException {
        for (SmtpAction action : actions) {
            switch (action) {
                case SmtpAction.Reply reply -> wire.reply(reply.lines());
                case SmtpAction.Begin begin -> begin(begin);
                case SmtpAction.ReadDotted dotted -> dotted();
                case SmtpAction.ReadChunk chunk -> chunk(chunk.bytes());
                case SmtpAction.TellTooLarge tooLarge -> tellTooLarge();
                case SmtpAction.Swallow swallow -> swallow(swallow.bytes());
                case SmtpAction.Abandon abandon -> abandon();
                case SmtpAction.Deliver deliver -> deliver();
                case SmtpAction.StartTls startTls -> startTls();
                case SmtpAction.Close close -> {
                    open = false;
                    wire.hangUp();
                }
            }
        }
    }

    private void begin(SmtpAction.Begin begin) throws IOException {
        Envelope envelope = new Envelope(
                begin.sender(),
                begin.recipients(),
                settings.protocol() == SmtpdSettings.Protocol.SMTP,
                parts.clock().now(),
                client,
                begin.helo(),
                begin.protocol());
        String place = parts.ids().next().toString();
        Result<SpoolWriter> entry = parts.spool().begin(place, envelope.toHeader());
        body = new SmtpBody(place, envelope, entry, settings, parts.clock());
        Optional<Problem> problem = body.problem();
        problem.ifPresent(parts.listener()::problem);
        carryOut(session.begun(problem));
    }

    private SmtpBody body() {
        if (body == null) {
            throw new IllegalStateException("no mail has begun in " + session.state());
        }
        return body;
    }

    private void dotted() throws IOException {
        wire.flush();
        Received received = body().dotted(wire);
        parts.listener().endOfData(body().place(), parts.clock().nanos());
        received(received);
    }

    private void chunk(long bytes) throws IOException {
        wire.flush();
        Received received = body().chunk(wire, bytes);
        parts.listener().endOfData(body().place(), parts.clock().nanos());
        received(received);
    }

    private void received(Received received) throws IOException {
        switch (received) {
            case Received.Whole whole -> LOG.log(Level.TRACE, "read whole");
            case Received.TooLarge tooLarge -> tellTooLarge();
            case Received.NotStored(Problem problem, boolean toTheEnd) ->
                parts.listener().problem(problem);
        }
        carryOut(session.received(received));
    }

    private void tellTooLarge() {
        parts.listener()
                .problem(Problem.of(SmtpdMessage.MAIL_TOO_LARGE, "limit", settings.maxSize(), "client", client));
    }

    private void swallow(long bytes) throws IOException {
        wire.flush();
        long until = parts.clock().nanos() + settings.limits().dataBlock().toNanos();
        long left = bytes;
        while (left > 0) {
            if (wire.from() == wire.to()) {
                wire.fill(until);
            }
            int piece = (int) Math.min(left, wire.to() - wire.from());
            wire.readUpTo(wire.from() + piece);
            left -= piece;
        }
    }

    private void deliver() throws IOException {
        wire.flush();
        SmtpBody whole = body();
        List<RecipientVerdict> verdicts = switch (whole.finish()) {
            case Result.Ok<RawMail>(RawMail mail) -> {
                parts.listener().stored(mail.place());
                yield verdicts(whole.envelope(), mail);
            }
            case Result.Failed<RawMail>(Problem problem) -> deferred(whole.envelope(), problem);
        };
        carryOut(session.answered(verdicts));
    }

    private List<RecipientVerdict> verdicts(Envelope envelope, RawMail mail) {
        long seconds = settings.limits().delivery().toSeconds();
        try {
            CompletableFuture<List<RecipientVerdict>> answer = parts.delivery().deliver(envelope, mail);
            List<RecipientVerdict> verdicts =
                    answer.get(settings.limits().delivery().toNanos(), TimeUnit.NANOSECONDS);
            if (verdicts.size() == envelope.recipients().size()) {
                return verdicts;
            }
            LOG.log(Level.ERROR, "{0} verdicts for {1}", verdicts.size(), mail.place());
        } catch (TimeoutException late) {
            return deferred(
                    envelope, Problem.of(SmtpdMessage.DELIVERY_LATE, "seconds", seconds, "place", mail.place()));
        } catch (ExecutionException | RuntimeException bug) {
            LOG.log(Level.ERROR, "delivery of " + mail.place() + " broke", bug);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return deferred(envelope, Problem.of(SmtpdMessage.DELIVERY_FAILED, "place", mail.place()));
    }

    private List<RecipientVerdict> deferred(Envelope envelope, Problem problem) {
        parts.listener().problem(problem);
        return Collections.nCopies(envelope.recipients().size(), new RecipientVerdict.Deferred(problem));
    }

    private void startTls() throws IOException {
        if (tls == null) {
            throw new IllegalStateException("STARTTLS was not offered");
        }
        wire.startTls(tls);
        carryOut(session.secured());
    }

    private void abandon() {
        if (body != null) {
            body.abandon();
            body = null;
        }
    }
}
