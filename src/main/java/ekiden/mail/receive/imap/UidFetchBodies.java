package ekiden.mail.receive.imap;

import ekiden.mail.receive.BodySink;
import ekiden.mail.receive.imap.Causes.Asked;
import ekiden.model.mail.UidSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * UID FETCH (RFC 3501 §6.4.5) of whole mails or the rest of one, without setting {@code \Seen}. Chunks are asked for ahead. Each mail goes to the
 * sink at most once, and only if it was asked for, whatever the server sends.
 */
final class UidFetchBodies implements Takers {
    /** Some servers count in 31 bits; who wants more asks again from there. */
    private static final long MOST = Integer.MAX_VALUE;

    private final ImapConnection connection;
    private final BodySink sink;
    private final Deque<Chunk> underway = new ArrayDeque<>();
    private final List<Long> late = new ArrayList<>();

    private record Chunk(String tag, UidSet mails, Set<Long> begun) {}

    private UidFetchBodies(ImapConnection connection, BodySink sink) {
        this.connection = connection;
        this.sink = sink;
    }

    static void run(ImapConnection connection, List<UidSet> chunks, BodySink sink) throws ImapStop {
        UidFetchBodies fetch = new UidFetchBodies(connection, sink);
        fetch.all(chunks);
        for (long uid : fetch.late) {
            fetch.one(uid, "BODY.PEEK[]");
        }
    }

    static void from(ImapConnection connection, long uid, long from, BodySink sink) throws ImapStop {
        new UidFetchBodies(connection, sink).one(uid, "BODY.PEEK[]<" + from + "." + MOST + ">");
    }

    private void all(List<UidSet> chunks) throws ImapStop {
        ImapStop refusal = null;
        int budget = connection.limits().commandBytes() - 40;
        for (UidSet chunk : chunks) {
            for (UidSet part : SetChunks.of(chunk, budget, Long.MAX_VALUE)) {
                if (underway.size() == connection.limits().pipelined()) {
                    refusal = finish(refusal);
                }
                if (refusal == null) {
                    String tag = connection.send(
                            new ImapCommand("UID FETCH " + SetChunks.text(part) + " (UID BODY.PEEK[])"));
                    underway.add(new Chunk(tag, part, new HashSet<>()));
                    connection.wire().flush();
                }
            }
        }
        while (!underway.isEmpty()) {
            refusal = finish(refusal);
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    /** Waits for the first command underway. A refusal is kept until all answers are in, so that the session stays in step. */
    private @Nullable ImapStop finish(@Nullable ImapStop refusal) throws ImapStop {
        Chunk chunk = underway.getFirst();
        Response.Tagged end = connection.end(chunk.tag, this, this::dropped);
        underway.removeFirst();
        if (goneMeanwhile(end)) {
            return refusal;
        }
        try {
            connection.good(Asked.READ, end);
            return refusal;
        } catch (ImapStop refused) {
            return refusal == null ? refused : refusal;
        }
    }

    /** Mails that are gone are no failure, and what could be told of the others was (RFC 5530: EXPUNGEISSUED). */
    static boolean goneMeanwhile(Response.Tagged end) {
        return end.status() == Response.Status.NO && end.code().is("EXPUNGEISSUED");
    }

    private void dropped(Response response) {
        if (response instanceof Response.Fetched(MailData mail) && mail.bodyDropped && begin(mail.uid)) {
            late.add(mail.uid);
        }
    }

    @Override
    public BodySink.@Nullable Body body(long uid, long size) {
        return begin(uid) ? sink.begin(uid, size) : null;
    }

    private boolean begin(long uid) {
        for (Chunk chunk : underway) {
            if (uid > 0 && chunk.mails.contains(uid)) {
                return chunk.begun.add(uid);
            }
        }
        return false;
    }

    @Override
    public void hits(long first, long last) {
        // the late answer to a search whose caller has gone
    }

    /** One mail; an answer whose UID comes after its body is good too, once the UID is known to be the right one. */
    private void one(long uid, String item) throws ImapStop {
        OneBody body = new OneBody(uid, sink);
        String tag = connection.send(new ImapCommand("UID FETCH " + uid + " (UID " + item + ")"));
        Response.Tagged end;
        try {
            end = connection.end(tag, body, body::told);
        } finally {
            body.over();
        }
        if (!goneMeanwhile(end)) {
            connection.good(Asked.READ, end);
        }
    }
}
