package ekiden.mail.receive.smtpd;

import ekiden.base.Problem;
import ekiden.base.StateTable;
import ekiden.mail.receive.smtpd.SmtpCommand.Verb;
import ekiden.mail.receive.smtpd.SmtpdSettings.Protocol;
import ekiden.mail.spool.SpoolRecipient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One conversation: lines and events in, actions out. No socket, no clock, no disk. One thread.
 */
final class SmtpSession {
    /** Any command that is not in this table for the present state is out of order: 503. */
    static final StateTable<SmtpState, SmtpEvent> TABLE = StateTable.of(
                    "smtp-session", SmtpState.class, SmtpEvent.class)
            .row(SmtpState.START, SmtpEvent.HELLO, SmtpState.READY)
            .row(SmtpState.READY, SmtpEvent.HELLO, SmtpState.READY)
            .row(SmtpState.SENDER, SmtpEvent.HELLO, SmtpState.READY)
            .row(SmtpState.RECIPIENTS, SmtpEvent.HELLO, SmtpState.READY)
            .row(SmtpState.CHUNKS, SmtpEvent.HELLO, SmtpState.READY)
            .row(SmtpState.START, SmtpEvent.RSET, SmtpState.START)
            .row(SmtpState.READY, SmtpEvent.RSET, SmtpState.READY)
            .row(SmtpState.SENDER, SmtpEvent.RSET, SmtpState.READY)
            .row(SmtpState.RECIPIENTS, SmtpEvent.RSET, SmtpState.READY)
            .row(SmtpState.CHUNKS, SmtpEvent.RSET, SmtpState.READY)
            .row(SmtpState.READY, SmtpEvent.STARTTLS, SmtpState.TLS)
            .row(SmtpState.TLS, SmtpEvent.SECURED, SmtpState.START)
            .row(SmtpState.READY, SmtpEvent.MAIL, SmtpState.SENDER)
            .row(SmtpState.SENDER, SmtpEvent.RCPT, SmtpState.RECIPIENTS)
            .row(SmtpState.RECIPIENTS, SmtpEvent.RCPT, SmtpState.RECIPIENTS)
            .row(SmtpState.RECIPIENTS, SmtpEvent.DATA, SmtpState.DATA)
            .row(SmtpState.DATA, SmtpEvent.MAIL_READ, SmtpState.VERDICT)
            .row(SmtpState.DATA, SmtpEvent.MAIL_FAILED, SmtpState.READY)
            .row(SmtpState.RECIPIENTS, SmtpEvent.BDAT, SmtpState.CHUNK)
            .row(SmtpState.CHUNKS, SmtpEvent.BDAT, SmtpState.CHUNK)
            .row(SmtpState.CHUNK, SmtpEvent.CHUNK_READ, SmtpState.CHUNKS)
            .row(SmtpState.CHUNK, SmtpEvent.MAIL_READ, SmtpState.VERDICT)
            .row(SmtpState.CHUNK, SmtpEvent.MAIL_FAILED, SmtpState.READY)
            .row(SmtpState.VERDICT, SmtpEvent.ANSWERED, SmtpState.READY)
            .row(SmtpState.START, SmtpEvent.CLOSE, SmtpState.CLOSED)
            .row(SmtpState.READY, SmtpEvent.CLOSE, SmtpState.CLOSED)
            .row(SmtpState.SENDER, SmtpEvent.CLOSE, SmtpState.CLOSED)
            .row(SmtpState.RECIPIENTS, SmtpEvent.CLOSE, SmtpState.CLOSED)
            .row(SmtpState.DATA, SmtpEvent.CLOSE, SmtpState.CLOSED)
            .row(SmtpState.CHUNK, SmtpEvent.CLOSE, SmtpState.CLOSED)
            .row(SmtpState.CHUNKS, SmtpEvent.CLOSE, SmtpState.CLOSED)
            .row(SmtpState.VERDICT, SmtpEvent.CLOSE, SmtpState.CLOSED)
            .row(SmtpState.TLS, SmtpEvent.CLOSE, SmtpState.CLOSED)
            .build();

    private final SmtpdSettings settings;
    private final RecipientTable table;
    private final SmtpReplies replies;
    private final boolean tlsThere;
    private final List<SmtpAction> actions = new ArrayList<>();

    private SmtpState state = SmtpState.START;
    private boolean secured;
    private String helo = "";
    private boolean extended;
    private int commands;
    private int errors;

    private String sender = "";
    private boolean utf8;
    /** By normal address, so that each stands in the envelope once; the value is its place in the envelope. */
    private final Map<String, Integer> places = new LinkedHashMap<>();

    private final List<SpoolRecipient> recipients = new ArrayList<>();
    /** For each RCPT that was taken, its place in the envelope: LMTP answers for each, also for one given twice. */
    private final List<Integer> taken = new ArrayList<>();

    private boolean lastChunk;

    SmtpSession(SmtpdSettings settings, RecipientTable table, boolean tlsThere) {
        this.settings = settings;
        this.table = table;
        this.tlsThere = tlsThere;
        this.replies = new SmtpReplies(settings);
    }

    SmtpState state() {
        return state;
    }

    /** {@return the first words, before any command} */
    List<SmtpAction> greeting() {
        reply(replies.greeting());
        return take();
    }

    /** {@return what to do about a line, which comes without its CRLF} */
    List<SmtpAction> command(String line) {
        commands++;
        if (commands > settings.limits().commandsPerMail()) {
            hangUp("421 4.7.0 too many commands");
            return take();
        }
        switch (SmtpCommand.parse(line)) {
            case SmtpCommand.Hello hello -> hello(hello);
            case SmtpCommand.Mail mail -> mail(mail);
            case SmtpCommand.Rcpt rcpt -> rcpt(rcpt);
            case SmtpCommand.Data data -> data();
            case SmtpCommand.Bdat bdat -> bdat(bdat);
            case SmtpCommand.Simple simple -> simple(simple.verb());
            case SmtpCommand.Bad bad -> bad(bad);
        }
        return take();
    }

    /** {@return what to do about a line that is none: too long, ended without CR, not UTF-8} */
    List<SmtpAction> badLine(String reply) {
        commands++;
        refuse(reply);
        return take();
    }

    private void bad(SmtpCommand.Bad bad) {
        if (bad.fatal()) {
            hangUp(bad.reply());
        } else {
            refuse(bad.reply());
        }
    }

    private void hello(SmtpCommand.Hello hello) {
        boolean lmtp = settings.protocol() == Protocol.LMTP;
        if (lmtp != (hello.verb() == Verb.LHLO)) {
            refuse(lmtp ? "500 5.5.1 this is LMTP, say LHLO" : "500 5.5.1 this is SMTP, say EHLO");
            return;
        }
        if (!moves(SmtpEvent.HELLO)) {
            return;
        }
        forget();
        helo = hello.domain();
        extended = hello.verb() != Verb.HELO;
        if (extended) {
            actions.add(new SmtpAction.Reply(replies.extensions(tlsThere && !secured)));
        } else {
            reply("250 " + settings.name());
        }
    }

    private void mail(SmtpCommand.Mail mail) {
        if (mail.size() > settings.maxSize()) {
            actions.add(new SmtpAction.TellTooLarge());
            refuse(replies.tooLarge());
        } else if (moves(SmtpEvent.MAIL)) {
            sender = mail.sender();
            utf8 = mail.utf8();
            reply("250 2.1.0 sender taken");
        }
    }

    private void rcpt(SmtpCommand.Rcpt rcpt) {
        if (TABLE.next(state, SmtpEvent.RCPT).isEmpty()) {
            refuse("503 5.5.1 say MAIL first");
            return;
        }
        Optional<String> mailbox = table.mailbox(rcpt.address());
        if (rcpt.utf8() && !utf8) {
            refuse("553 5.6.7 address needs SMTPUTF8");
        } else if (mailbox.isEmpty()) {
            refuse("550 5.1.1 no such mailbox here");
        } else if (taken.size() >= settings.limits().recipients()) {
            reply("452 4.5.3 too many recipients");
        } else if (moves(SmtpEvent.RCPT)) {
            int next = recipients.size();
            int place = places.computeIfAbsent(SmtpdIdentity.normal(rcpt.address()), address -> next);
            if (place == next) {
                recipients.add(new SpoolRecipient(rcpt.address(), mailbox.get()));
            }
            taken.add(place);
            reply("250 2.1.5 recipient taken");
        }
    }

    private void data() {
        if (moves(SmtpEvent.DATA)) {
            actions.add(begin());
        }
    }

    private void bdat(SmtpCommand.Bdat bdat) {
        boolean first = state == SmtpState.RECIPIENTS;
        if (TABLE.next(state, SmtpEvent.BDAT).isEmpty()) {
            swallow(bdat.bytes(), "503 5.5.1 say MAIL and RCPT first");
            return;
        }
        step(SmtpEvent.BDAT);
        lastChunk = bdat.last();
        if (first) {
            actions.add(begin());
        }
        actions.add(new SmtpAction.ReadChunk(bdat.bytes()));
    }

    private SmtpAction begin() {
        String base = settings.protocol() == Protocol.LMTP ? "LMTP" : extended ? "ESMTP" : "SMTP";
        return new SmtpAction.Begin(sender, List.copyOf(recipients), helo, base + (secured ? "S" : ""));
    }

    /** A chunk that nobody wants has to be read all the same (RFC 3030 §2), else its bytes would be taken for commands. */
    private void swallow(long bytes, String reply) {
        if (bytes > settings.limits().swallowBytes()) {
            hangUp(reply);
            return;
        }
        actions.add(new SmtpAction.Swallow(bytes));
        refuse(reply);
    }

    private void simple(Verb verb) {
        switch (verb) {
            case RSET -> {
                if (moves(SmtpEvent.RSET)) {
                    forget();
                    reply("250 2.0.0 reset");
                }
            }
            case QUIT -> hangUp("221 2.0.0 bye");
            case NOOP -> reply("250 2.0.0 ok");
            case VRFY -> reply("252 2.1.5 not told; try RCPT");
            case HELP -> reply("214 2.0.0 RFC " + (settings.protocol() == Protocol.LMTP ? "2033" : "5321"));
            case STARTTLS -> startTls();
            case HELO, EHLO, LHLO, MAIL, RCPT, DATA, BDAT, EXPN, AUTH, ETRN, TURN ->
                throw new IllegalStateException(verb + " has its own form");
        }
    }

    private void startTls() {
        if (!tlsThere) {
            refuse("502 5.5.1 command not offered");
        } else if (secured) {
            refuse("503 5.5.1 already encrypted");
        } else if (moves(SmtpEvent.STARTTLS)) {
            reply("220 2.0.0 go ahead");
            actions.add(new SmtpAction.StartTls());
        }
    }

    /** {@return what to do after the spool has begun an entry, or could not} */
    List<SmtpAction> begun(Optional<Problem> problem) {
        if (state == SmtpState.DATA && problem.isPresent()) {
            failed(replies.verdict(new RecipientVerdict.Deferred(problem.get())), 1);
        } else if (state == SmtpState.DATA) {
            reply("354 end with CRLF.CRLF");
            actions.add(new SmtpAction.ReadDotted());
        }
        // A chunk comes in any case: the answer is given when it has been read.
        return take();
    }

    /** {@return what to do after the mail, or a chunk of it, was read} */
    List<SmtpAction> received(Received received) {
        switch (received) {
            case Received.Whole whole -> whole();
            case Received.TooLarge(boolean toTheEnd) -> failedAtEnd(replies.tooLarge(), toTheEnd);
            case Received.NotStored(Problem problem, boolean toTheEnd) ->
                failedAtEnd(replies.verdict(new RecipientVerdict.Deferred(problem)), toTheEnd);
        }
        return take();
    }

    private void whole() {
        if (state == SmtpState.CHUNK && !lastChunk) {
            step(SmtpEvent.CHUNK_READ);
            reply("250 2.0.0 chunk taken");
            return;
        }
        step(SmtpEvent.MAIL_READ);
        actions.add(new SmtpAction.Deliver());
    }

    /** RFC 2033 §4.2 and 4.3: where the end of a mail was read, each recipient is told. */
    private void failedAtEnd(String reply, boolean toTheEnd) {
        boolean each = settings.protocol() == Protocol.LMTP && (state == SmtpState.DATA || lastChunk);
        failed(reply, each ? taken.size() : 1);
        if (!toTheEnd) {
            close();
        }
    }

    private void failed(String reply, int times) {
        step(SmtpEvent.MAIL_FAILED);
        forget();
        for (int i = 0; i < times; i++) {
            reply(reply);
        }
    }

    /** {@return what to do with the verdicts, one for each recipient of the envelope} */
    List<SmtpAction> answered(List<RecipientVerdict> verdicts) {
        step(SmtpEvent.ANSWERED);
        switch (settings.protocol()) {
            case SMTP -> reply(replies.verdict(SmtpReplies.joined(verdicts)));
            case LMTP -> taken.forEach(place -> reply(replies.verdict(verdicts.get(place))));
        }
        if (verdicts.stream().anyMatch(RecipientVerdict.Accepted.class::isInstance)) {
            commands = 0;
            errors = 0;
        }
        forget();
        return take();
    }

    /** {@return what to do after the handshake: nothing; all that was said before it is forgotten (RFC 3207 §4.2)} */
    List<SmtpAction> secured() {
        step(SmtpEvent.SECURED);
        secured = true;
        helo = "";
        extended = false;
        forget();
        return take();
    }

    /** {@return how to end from our side, with a reason} */
    List<SmtpAction> end(String reply) {
        hangUp(reply);
        return take();
    }

    /** {@return how to end where the client cannot be told: it is gone, or cannot be understood} */
    List<SmtpAction> gone() {
        close();
        return take();
    }

    private boolean moves(SmtpEvent event) {
        Optional<SmtpState> next = TABLE.next(state, event);
        if (next.isEmpty()) {
            refuse(outOfOrder());
            return false;
        }
        state = next.get();
        return true;
    }

    private String outOfOrder() {
        return switch (state) {
            case START ->
                settings.protocol() == Protocol.LMTP ? "503 5.5.1 say LHLO first" : "503 5.5.1 say EHLO first";
            case READY -> "503 5.5.1 say MAIL first";
            case SENDER -> "503 5.5.1 a mail has begun and has no recipient yet";
            case RECIPIENTS -> "503 5.5.1 a mail has begun";
            case CHUNKS -> "503 5.5.1 say BDAT or RSET";
            case DATA, CHUNK, VERDICT, TLS, CLOSED -> throw new IllegalStateException("no command is read in " + state);
        };
    }

    private void step(SmtpEvent event) {
        state = TABLE.next(state, event)
                .orElseThrow(() -> new IllegalStateException(event + " does not happen in " + state));
    }

    /** The mail is over, one way or the other; its entry, if it was not handed on, goes. */
    private void forget() {
        actions.add(new SmtpAction.Abandon());
        sender = "";
        utf8 = false;
        places.clear();
        recipients.clear();
        taken.clear();
        lastChunk = false;
    }

    private void refuse(String reply) {
        errors++;
        if (errors > settings.limits().errors()) {
            reply(reply);
            hangUp("421 4.7.0 too many errors");
        } else {
            reply(reply);
        }
    }

    private void hangUp(String reply) {
        reply(reply);
        close();
    }

    private void close() {
        if (state != SmtpState.CLOSED) {
            step(SmtpEvent.CLOSE);
            forget();
            actions.add(new SmtpAction.Close());
        }
    }

    private void reply(String line) {
        actions.add(new SmtpAction.Reply(line + "\r\n"));
    }

    private List<SmtpAction> take() {
        List<SmtpAction> taken = List.copyOf(actions);
        actions.clear();
        return taken;
    }
}
