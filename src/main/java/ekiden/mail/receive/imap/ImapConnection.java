package ekiden.mail.receive.imap;

import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.imap.Causes.Asked;
import ekiden.mail.receive.imap.Response.Code;
import ekiden.mail.receive.imap.Response.Status;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A conversation: commands out under tags, answers in. Several commands may be on their way; which one an answer ends is read from its tag and
 * never from its place. What the server tells unasked is kept here. One thread at a time.
 */
final class ImapConnection {
    private final ImapWire wire;
    private final ResponseReader reader;
    private final ImapTimeouts timeouts;
    private final ImapLimits limits;
    private final Map<String, Response.Tagged> ended = new HashMap<>();
    private final Set<String> underway = new HashSet<>();
    private Set<String> capabilities = Set.of();
    private boolean capabilitiesKnown;
    private long exists;
    private long uidValidity = -1;
    private boolean arrived;
    private boolean fresh;
    private int tags;
    private @Nullable String idling;
    /** Tags of commands whose end nobody waits for and which has not come yet. */
    private final Set<String> left = new HashSet<>();

    private boolean leaving;

    ImapConnection(ImapWire wire, ImapSettings settings) {
        this.wire = wire;
        this.timeouts = settings.timeouts();
        this.limits = settings.limits();
        this.reader = new ResponseReader(wire, timeouts, limits);
    }

    ImapWire wire() {
        return wire;
    }

    ImapLimits limits() {
        return limits;
    }

    ImapTimeouts timeouts() {
        return timeouts;
    }

    /** One read; for the greeting and for IDLE, which no command frames. */
    Response next() throws ImapStop {
        return taken(reader.next(Takers.NONE));
    }

    /** Puts a command into the outbox, after the end of an IDLE that runs. {@return its tag} */
    String send(ImapCommand command) throws ImapStop {
        leaveIdle();
        String tag = "a" + ++tags;
        underway.add(tag);
        List<String> texts = command.texts();
        wire.put(tag + " " + texts.getFirst());
        for (int i = 0; i < command.literals().size(); i++) {
            byte[] literal = command.literals().get(i);
            boolean atOnce = has("LITERAL+") || (has("LITERAL-") && literal.length <= 4096);
            wire.put("{" + literal.length + (atOnce ? "+}\r\n" : "}\r\n"));
            if (!atOnce) {
                awaitGoAhead(tag);
            }
            wire.put(literal);
            wire.put(texts.get(i + 1));
        }
        wire.put("\r\n");
        return tag;
    }

    private void awaitGoAhead(String tag) throws ImapStop {
        if (!goAhead(tag)) {
            Response.Tagged end = Objects.requireNonNull(ended.remove(tag));
            throw ImapStop.refused(Causes.of(Asked.READ, end.code(), end.text()), end.text());
        }
    }

    /** Waits until the server asks for more. {@return false when it ended the command instead} */
    boolean goAhead(String tag) throws ImapStop {
        return challenge(tag) != null;
    }

    /** Waits until the server asks for more. {@return its words, or null when it ended the command instead} */
    @Nullable
    String challenge(String tag) throws ImapStop {
        wire.flush();
        wire.within(timeouts.command());
        for (int answers = 0; answers < limits.answers(); answers++) {
            Response response = next();
            if (response instanceof Response.Continue(String text)) {
                return text;
            }
            if (ended.containsKey(tag)) {
                return null;
            }
        }
        throw ImapStop.broken(ReceiveMessage.TOO_MUCH, "answers " + limits.answers());
    }

    /** Sends a command and waits for its end; anything but OK is a refusal. */
    Response.Tagged ask(Asked asked, ImapCommand command) throws ImapStop {
        return ask(asked, command, Takers.NONE, any -> {});
    }

    /** Sends a command and waits for its end; anything but OK is a refusal. */
    Response.Tagged ask(Asked asked, ImapCommand command, Takers takers, Consumer<Response> each) throws ImapStop {
        return good(asked, end(send(command), takers, each));
    }

    /** The end of a command, if it is a good one. */
    Response.Tagged good(Asked asked, Response.Tagged end) throws ImapStop {
        if (end.status() != Status.OK) {
            throw ImapStop.refused(Causes.of(asked, end.code(), end.text()), shown(end));
        }
        return end;
    }

    /** What the server said, with its code. */
    String shown(Response.Tagged end) {
        String code = end.code().name();
        return wire.words().shown(end.status() + " " + (code.isEmpty() ? "" : "[" + code + "] ") + end.text());
    }

    /** Waits for the end of a command. */
    Response.Tagged end(String tag, Takers takers, Consumer<Response> each) throws ImapStop {
        wire.flush();
        wire.within(timeouts.command());
        Response.Tagged end = ended.remove(tag);
        for (int answers = 0; end == null; answers++) {
            if (answers >= limits.answers()) {
                throw ImapStop.broken(ReceiveMessage.TOO_MUCH, "answers " + limits.answers());
            }
            Response response = taken(reader.next(takers));
            if (response instanceof Response.Continue) {
                throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, "the server waits for more");
            }
            each.accept(response);
            end = ended.remove(tag);
        }
        return end;
    }

    /** What each answer changes here. */
    private Response taken(Response response) throws ImapStop {
        switch (response) {
            case Response.Tagged tagged -> tagged(tagged);
            case Response.Untagged(Status status, Code code, String text) -> untagged(status, code, text);
            case Response.Capabilities(Set<String> names) -> capabilities(names);
            case Response.Exists(long count) -> {
                arrived |= count != exists;
                fresh |= arrived && idling != null;
                exists = count;
            }
            case Response.Expunged gone -> exists = Math.max(0, exists - 1);
            case Response.Continue more -> {}
            case Response.Fetched told -> {}
            case Response.Searched found -> {}
            case Response.Listed folder -> {}
            case Response.Identified server -> {}
            case Response.Rights rights -> {}
            case Response.Other other -> {}
        }
        return response;
    }

    private void tagged(Response.Tagged end) throws ImapStop {
        if (!underway.remove(end.tag())) {
            throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, "an answer to no command");
        }
        if (end.code().is("CAPABILITY")) {
            capabilities(ResponseReader.words(end.code().arguments()));
        }
        if (end.tag().equals(idling)) {
            // The end of an IDLE is waited for by nobody: it comes before the answer to what was sent after it, or the
            // server ended it by itself.
            idling = null;
        } else if (!left.remove(end.tag())) {
            ended.put(end.tag(), end);
        }
    }

    private void untagged(Status status, Code code, String text) throws ImapStop {
        if (status == Status.BYE && !leaving) {
            throw ImapStop.broken(Causes.ofBye(code, text), wire.words().shown("BYE " + code.name() + " " + text));
        }
        if (code.is("CAPABILITY")) {
            capabilities(ResponseReader.words(code.arguments()));
        }
        if (code.is("UIDVALIDITY")) {
            long now = ImapTokens.number(code.arguments().strip());
            if (uidValidity >= 0 && now != uidValidity) {
                throw ImapStop.broken(ReceiveMessage.NEW_UIDVALIDITY, uidValidity + " → " + now);
            }
        }
    }

    private void capabilities(Set<String> names) {
        capabilities = Set.copyOf(names);
        capabilitiesKnown = true;
    }

    /** From now on a BYE is what was asked for. */
    void leaving() {
        leaving = true;
    }

    /** What was told before TLS or before the log-in may have been anybody's word. */
    void forgetCapabilities() {
        capabilities = Set.of();
        capabilitiesKnown = false;
    }

    /** What is known still holds, and is asked for again unless the next answers tell. */
    void capabilitiesMayChange() {
        capabilitiesKnown = false;
    }

    boolean capabilitiesKnown() {
        return capabilitiesKnown;
    }

    Set<String> capabilities() {
        return capabilities;
    }

    boolean has(String capability) {
        return capabilities.contains(capability);
    }

    /** The folder is open: another UIDVALIDITY from now on ends the session. */
    void opened(long validity) {
        uidValidity = validity;
        arrived = false;
    }

    long exists() {
        return exists;
    }

    /** A search begins: what changed before it is not news any more. */
    void searching() {
        arrived = false;
        fresh = false;
    }

    /** {@return whether the server has told of new mail in an IDLE since the last search: whatever it does not know yet it will tell again} */
    boolean fresh() {
        return fresh;
    }

    /** Something changed before a search that nobody outside saw. */
    void arrivedBefore() {
        arrived = true;
    }

    boolean arrived() {
        return arrived;
    }

    /** An IDLE runs under that tag. */
    void idling(String tag) {
        idling = tag;
    }

    boolean idling() {
        return idling != null;
    }

    /** Puts something into the outbox that the server answers at once and whose answer matters to nobody. */
    void nudge() throws ImapStop {
        if (idling == null) {
            left.add(send(new ImapCommand("NOOP")));
        } else {
            leaveIdle();
        }
    }

    /** Ends an IDLE that runs, with the next flush. */
    void leaveIdle() {
        String tag = idling;
        if (tag != null) {
            wire.put("DONE\r\n");
            left.add(tag);
            idling = null;
        }
    }
}
