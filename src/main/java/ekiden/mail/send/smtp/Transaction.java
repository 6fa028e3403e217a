package ekiden.mail.send.smtp;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.mail.send.MailAddresses;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendOutcome.Refusal;
import ekiden.mail.send.SendPhase;
import ekiden.mail.send.SendPhase.Fault;
import ekiden.mail.send.SendProgress;
import ekiden.model.definition.IfRefused;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mail on one connection: MAIL, RCPT …, DATA, content, final dot. Used once. The next one may be announced with the end of this one (RFC 2920), so that its
 * answers come with the answer to that.
 */
final class Transaction {
    private static final Logger LOG = LazyLogger.of(Transaction.class);
    private static final byte[] FINAL_DOT = {'.', '\r', '\n'};

    private final SmtpConnection connection;
    private final SmtpWire wire;
    private final Duration reply;
    private final OutgoingMail mail;
    private final List<String> accepted = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();
    private final boolean chunked;
    private final int together;
    /** Empty until the first of them are with the server, or on their way. */
    private List<String> commands = List.of();

    private @Nullable Transaction next;
    private boolean announced;
    private After after = After.CLEAN;

    /** In which state a mail leaves its connection. */
    enum After {
        /** The next mail can follow. */
        CLEAN,
        /** The next mail can follow behind RSET. */
        RESET,
        /** Nobody knows what the server waits for, or it is gone. */
        LOST
    }

    Transaction(SmtpConnection connection, OutgoingMail mail) {
        this.connection = connection;
        this.wire = connection.wire();
        this.reply = connection.settings().timeouts().reply();
        this.mail = mail;
        // a mail of one chunk gets an answer less by DATA
        this.chunked = connection.extensions().has("CHUNKING")
                && mail.content().size() > connection.settings().limits().chunkBytes();
        this.together = connection.extensions().has("PIPELINING")
                ? connection.settings().limits().pipelined()
                : 1;
    }

    /** {@return the recipients that the server has taken so far} */
    List<String> accepted() {
        return accepted;
    }

    /** {@return the recipients that the server has refused so far} */
    List<Refusal> refused() {
        return refused;
    }

    /** {@return in which state the connection is now} */
    After after() {
        return after;
    }

    /** {@return the next mail, whose answers are on their way; null where none was announced} */
    @Nullable
    Transaction next() {
        return next;
    }

    /** {@return whether its first commands left with the end of the mail before it} */
    boolean wasAnnounced() {
        return announced;
    }

    /** {@return whether this is the transaction of that mail} */
    @SuppressWarnings("ReferenceEquality") // another mail that says the same is another mail
    boolean of(OutgoingMail other) {
        return mail == other;
    }

    /**
     * Says the first commands, as many as may be on their way together; they leave with what comes behind them.
     *
     * @param phase in which it would show that they cannot leave
     */
    private void announce(SendPhase phase) throws SmtpFault, SmtpStop {
        commands = commands();
        after = After.LOST;
        say(0, phase);
        if (dataToo()) {
            wire.command("DATA", phase, reply);
        }
    }

    /** Says as many commands as may be on their way together. */
    private void say(int from, SendPhase phase) throws SmtpFault {
        for (String command : commands.subList(from, until(from))) {
            wire.command(command, phase, reply);
        }
    }

    private int until(int from) {
        return Math.min(commands.size(), from + together);
    }

    /** With one recipient there is nothing to decide between its answer and DATA (RFC 2920 §3.1); with more, who was refused may decide that nobody gets it. */
    private boolean dataToo() {
        return !chunked && commands.size() == 2 && together > 2;
    }

    SendOutcome run(SendProgress progress) throws SmtpFault, SmtpStop {
        if (commands.isEmpty()) {
            announce(SendPhase.MAIL);
        }
        boolean goesOn = envelope();
        if (accepted.isEmpty()) {
            return nobody();
        }
        if (!refused.isEmpty() && mail.ifRefused() == IfRefused.ALL_OR_NOTHING) {
            return notAll();
        }
        if (chunked) {
            chunks();
        } else {
            if (!goesOn) {
                data(connection.ask("DATA", SendPhase.DATA));
            }
            after = After.LOST;
            content();
        }
        wire.mustHaveTime(SendPhase.BODY);
        if (!progress.endingData()) {
            throw SmtpStop.of(SendMessage.CALLED_OFF, "messageId", mail.messageId());
        }
        after = After.LOST;
        SmtpReply end = finish(progress);
        return refused.isEmpty()
                ? new SendOutcome.Accepted(end.text(), accepted)
                : new SendOutcome.PerRecipient(end.text(), accepted, refused);
    }

    /** What the server cannot carry is found before it is asked to. {@return whether SMTPUTF8 is needed} */
    private boolean fits(List<String> paths) throws SmtpStop {
        Extensions can = connection.extensions();
        boolean utf8 = mail.form() == OutgoingMail.Form.UTF8 || MailAddresses.needsUtf8(mail.sender());
        for (String path : paths) {
            utf8 |= MailAddresses.needsUtf8(path);
        }
        if (mail.content().size() > can.size()) {
            throw SmtpStop.of(
                    SendMessage.TOO_LARGE,
                    "host",
                    connection.host(),
                    "size",
                    mail.content().size(),
                    "limit",
                    can.size());
        }
        if (utf8 && !can.has("SMTPUTF8")) {
            throw SmtpStop.of(SendMessage.NO_SMTPUTF8, "host", connection.host());
        }
        if (mail.form() != OutgoingMail.Form.SEVEN_BIT && !can.has("8BITMIME")) {
            throw SmtpStop.of(SendMessage.NO_8BITMIME, "host", connection.host());
        }
        return utf8;
    }

    /** MAIL, and a RCPT for each recipient: all are written before the first leaves, so that one that cannot be written costs nothing. */
    private List<String> commands() throws SmtpStop {
        List<String> paths = new ArrayList<>(mail.recipients().size());
        for (String recipient : mail.recipients()) {
            paths.add(wireForm(recipient));
        }
        boolean utf8 = fits(paths);
        Notice notice = Notice.of(connection, mail);
        List<String> commands = new ArrayList<>(mail.recipients().size() + 1);
        commands.add(mailCommand(utf8) + (notice == null ? "" : notice.mail()));
        for (String path : paths) {
            commands.add("RCPT TO:<" + path + ">" + (notice == null ? "" : notice.recipient(path)));
        }
        return commands;
    }

    /** {@return whether DATA went along, and the server waits for the content} */
    private boolean envelope() throws SmtpFault {
        wire.flush(SendPhase.MAIL, reply);
        begun(until(0) - 1 + (dataToo() ? 1 : 0));
        answers(mail.recipients().subList(0, until(0) - 1));
        for (int from = until(0); from < commands.size(); from = until(from)) {
            say(from, SendPhase.RCPT);
            wire.flush(SendPhase.RCPT, reply);
            answers(mail.recipients().subList(from - 1, until(from) - 1));
        }
        after = After.RESET;
        if (!dataToo()) {
            return false;
        }
        after = After.LOST;
        SmtpReply go = wire.reply(SendPhase.DATA, reply);
        if (accepted.isEmpty()) {
            // Where it waits for content although nobody gets it, only an end of the connection keeps it from taking
            // some.
            after = go.intermediate() || go.code() == 421 ? After.LOST : After.RESET;
            return false;
        }
        data(go);
        return true;
    }

    /** Takes the answer to MAIL; where that is a no, the answers to what went along, too. */
    private void begun(int behind) throws SmtpFault {
        SmtpReply answer = wire.reply(SendPhase.MAIL, reply);
        if (answer.positive()) {
            return;
        }
        SmtpFault fault = SmtpFault.of(SendPhase.MAIL, answer);
        boolean inStep = said(fault);
        for (int i = 0; inStep && i < behind; i++) {
            try {
                inStep = wire.reply(SendPhase.MAIL, reply).code() >= 400;
            } catch (SmtpFault gone) {
                fault.addSuppressed(gone);
                inStep = false;
            }
        }
        after = inStep ? After.RESET : After.LOST;
        throw fault;
    }

    private void data(SmtpReply go) throws SmtpFault {
        if (!go.intermediate()) {
            SmtpFault fault = SmtpFault.of(SendPhase.DATA, go);
            after = said(fault) ? After.RESET : After.LOST;
            throw fault;
        }
    }

    /** Whether the server answered in its right mind, and stays. */
    private static boolean said(SmtpFault fault) {
        return fault.fault() == Fault.TRANSIENT || fault.fault() == Fault.PERMANENT;
    }

    private void answers(List<String> asked) throws SmtpFault {
        for (String recipient : asked) {
            SmtpReply answer = wire.reply(SendPhase.RCPT, reply);
            if (answer.positive()) {
                accepted.add(recipient);
                continue;
            }
            SmtpFault fault = SmtpFault.of(SendPhase.RCPT, answer);
            if (SendPhase.TABLE.next(SendPhase.RCPT, fault.fault()).orElseThrow() != SendPhase.RCPT) {
                throw fault;
            }
            refused.add(new Refusal(recipient, answer.code(), answer.text()));
        }
    }

    private String mailCommand(boolean utf8) throws SmtpStop {
        Extensions can = connection.extensions();
        StringBuilder command = new StringBuilder("MAIL FROM:<");
        command.append(mail.sender().isEmpty() ? "" : wireForm(mail.sender())).append('>');
        if (can.has("SIZE")) {
            command.append(" SIZE=").append(mail.content().size());
        }
        if (mail.form() != OutgoingMail.Form.SEVEN_BIT) {
            command.append(" BODY=8BITMIME");
        }
        if (utf8) {
            command.append(" SMTPUTF8");
        }
        return command.toString();
    }

    private static String wireForm(String address) throws SmtpStop {
        return MailAddresses.wire(address)
                .orElseThrow(() -> SmtpStop.of(SendMessage.BAD_ADDRESS, "address", MailAddresses.shown(address)));
    }

    private SendOutcome nobody() {
        boolean all = refused.stream().allMatch(Refusal::permanent);
        Refusal first = refused.getFirst();
        Problem problem = Problem.of(
                all ? SendMessage.ALL_REFUSED : SendMessage.ALL_PUT_OFF,
                "host",
                connection.host(),
                "count",
                refused.size(),
                "recipient",
                first.recipient(),
                "reply",
                first.code() + " " + first.text());
        return all ? new SendOutcome.Refused(problem, refused) : new SendOutcome.Failed(problem, refused);
    }

    /** No content was asked for, and the next mail begins behind RSET: those who were taken get nothing. */
    private SendOutcome notAll() {
        boolean never = refused.stream().anyMatch(Refusal::permanent);
        Refusal first = refused.stream()
                .filter(one -> one.permanent() == never)
                .findFirst()
                .orElseThrow();
        Problem problem = Problem.of(
                never ? SendMessage.NOT_ALL_REFUSED : SendMessage.NOT_ALL_PUT_OFF,
                "host",
                connection.host(),
                "refused",
                refused.size(),
                "count",
                mail.recipients().size(),
                "recipient",
                first.recipient(),
                "reply",
                first.code() + " " + first.text());
        return never ? new SendOutcome.Refused(problem, refused) : new SendOutcome.Failed(problem, refused);
    }

    private void content() throws SmtpFault, SmtpStop {
        Duration block = connection.settings().timeouts().block();
        Content content = new Content((bytes, from, count) -> wire.write(bytes, from, count, SendPhase.BODY, block));
        pieces((piece, count) -> {
            content.write(piece, count);
            earlyReply();
        });
        content.end();
        if (!leavesWithItsEnd()) {
            wire.flush(SendPhase.BODY, block);
            earlyReply();
        }
    }

    /**
     * Whether the content, were each of its bytes written as two, fits into the outbox with the final dot: then all of it leaves in one write behind the note that
     * its end was begun. A connection takes so little at once or not at all, so a write of its own would tell no more about it.
     */
    private boolean leavesWithItsEnd() {
        return 2 * mail.content().size() + 2L + FINAL_DOT.length <= SmtpWire.BLOCK;
    }

    /** RFC 3030: the server answers each chunk, also one that it does not want, so that both stay in step. */
    private void chunks() throws SmtpFault, SmtpStop {
        SmtpSettings settings = connection.settings();
        long most = mail.content().size() + mail.content().size() / 8 + 1024;
        int chunk = (int) Math.min(settings.limits().chunkBytes(), most);
        Chunks chunks = new Chunks(wire, settings.timeouts(), chunk);
        after = After.LOST;
        try {
            pieces(chunks::write);
            chunks.end();
        } catch (SmtpFault fault) {
            after = fault.reply() != null && said(fault) ? After.RESET : After.LOST;
            throw fault;
        } catch (SmtpStop unreadable) {
            after = After.RESET;
            throw unreadable;
        }
        after = After.RESET;
    }

    /** Takes the next piece of the content. */
    private interface Taker {
        void take(byte[] piece, int count) throws SmtpFault;
    }

    private void pieces(Taker taker) throws SmtpFault, SmtpStop {
        byte[] piece = new byte[Math.clamp(mail.content().size() + 1, 1024, SmtpWire.BLOCK)];
        long total = 0;
        try (InputStream bytes = mail.content().open()) {
            for (int count = bytes.read(piece); count >= 0; count = bytes.read(piece)) {
                taker.take(piece, count);
                total += count;
            }
        } catch (IOException unreadable) {
            throw unreadable(Reason.of(unreadable));
        }
        if (total != mail.content().size()) {
            throw unreadable(total + " bytes instead of " + mail.content().size());
        }
    }

    private SmtpStop unreadable(String detail) {
        return SmtpStop.of(SendMessage.CONTENT_UNREADABLE, "messageId", mail.messageId(), "detail", detail);
    }

    // A server that speaks before the final dot has given up on this mail.
    private void earlyReply() throws SmtpFault {
        if (wire.spoken()) {
            SmtpReply early = wire.reply(SendPhase.BODY, reply);
            SmtpFault fault = SmtpFault.of(SendPhase.BODY, early);
            throw early.code() < 400 ? new SmtpFault(SendPhase.BODY, Fault.GARBAGE, early, null) : fault;
        }
    }

    /** Behind a refused chunk only RSET is heard, and without pipelining nothing may follow an end: then each mail begins by itself. */
    private void announceNext(@Nullable OutgoingMail following) throws SmtpFault {
        if (following == null || together == 1) {
            return;
        }
        Transaction behind = new Transaction(connection, following);
        try {
            behind.announce(SendPhase.END_OF_DATA);
            behind.announced = true;
            next = behind;
        } catch (SmtpStop cannot) {
            LOG.log(Level.DEBUG, "its own submission will tell: {0}", cannot.getMessage());
        }
    }

    /** The point of no return. */
    private SmtpReply finish(SendProgress progress) throws SmtpFault {
        Duration patience = connection.settings().timeouts().endOfData();
        if (chunked) {
            wire.command("BDAT 0 LAST", SendPhase.END_OF_DATA, reply);
        } else {
            wire.write(FINAL_DOT, 0, FINAL_DOT.length, SendPhase.END_OF_DATA, reply);
            announceNext(progress.following());
        }
        wire.flush(SendPhase.END_OF_DATA, reply);
        SmtpReply end = wire.reply(SendPhase.END_OF_DATA, patience);
        if (end.positive()) {
            after = After.CLEAN;
            return end;
        }
        SmtpFault fault = SmtpFault.of(SendPhase.END_OF_DATA, end);
        // RFC 3030 §4.2: behind a refused chunk the server waits for RSET.
        after = said(fault) ? (chunked ? After.RESET : After.CLEAN) : After.LOST;
        throw fault;
    }
}
