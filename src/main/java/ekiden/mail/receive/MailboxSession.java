package ekiden.mail.receive;

import ekiden.base.Result;
import ekiden.model.mail.UidSet;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * An open folder. Used by one thread at a time, {@link #close} excepted, which any thread may call and which ends whatever waits.
 *
 * <p>Every call answers within the deadlines of the settings. After a failure the session is of no more use unless the method
 * says otherwise: it is closed and another is opened, with the whole procedure (n8n-io/n8n#21146). No call sets {@code \Seen} by
 * reading. UIDs that are not in the folder (any more) are passed over in silence by every call: an expunge by another client is no
 * failure.
 */
public interface MailboxSession extends AutoCloseable {
    /** {@return the folder as it was opened} */
    FolderState folder();

    /**
     * Asks the server which mails there are. Its answer is the proof of life: nothing else counts as one.
     *
     * @param wanted which kind
     * @param among only these; {@link UidSet#MAX} as the last one means "and all newer ones"
     * @return the UIDs
     */
    Result<UidSet> search(Wanted wanted, UidSet among);

    /** Which mails a search wants. */
    enum Wanted {
        /** All. */
        ALL,
        /** Those without {@code \Seen}. */
        UNREAD
    }

    /**
     * Looks at mails without their bodies. The set is asked for in bounded chunks.
     *
     * @param mails which
     * @param each takes what was seen of each, in the order of the server
     * @return whether all went well; what was handed to {@code each} before a failure is good
     */
    Result<Boolean> look(UidSet mails, Consumer<Glimpse> each);

    /**
     * Fetches whole mails. Chunks are asked for ahead (pipelined) in the order given; their answers may come in any order. A refusal leaves the
     * session usable, so that a mail which the server cannot hand out can be found by asking for fewer.
     *
     * @param chunks each asked for by one command; bounded by the caller in count and bytes
     * @param sink takes the bytes as they come
     * @return whether all went well; bodies that the sink saw ended are whole
     */
    Result<Boolean> fetch(List<UidSet> chunks, BodySink sink);

    /**
     * Fetches the rest of a large mail, from a byte on (RFC 3501 §6.4.5, partial); at most 2 GiB less a byte at a time.
     *
     * @param uid which
     * @param from the first byte wanted, from 0
     * @param sink takes the bytes as they come
     * @return whether all went well
     */
    Result<Boolean> fetchFrom(long uid, long from, BodySink sink);

    /**
     * Sets flags and keywords, and takes none away.
     *
     * @param mails which
     * @param flags {@code \Seen} and keywords
     * @return whether the server has done it, or why not; a refusal leaves the session usable
     */
    Result<Boolean> addFlags(UidSet mails, Set<String> flags);

    /**
     * Moves mails to another folder: by MOVE (RFC 6851), else by COPY, verified by its answer (RFC 4315 COPYUID), and removal of just these; where
     * the server offers neither it is refused. A mail is in one of both folders at any moment, or in both after a crash.
     *
     * @param mails which
     * @param folder where to
     * @return whether the server has done it, or why not; a refusal leaves the session usable
     */
    Result<Boolean> move(UidSet mails, String folder);

    /**
     * Removes just these mails (UID EXPUNGE, RFC 4315); refused where the server cannot, since an EXPUNGE without UIDs removes what others
     * marked too.
     *
     * @param mails which
     * @return whether the server has done it, or why not; a refusal leaves the session usable
     */
    Result<Boolean> delete(UidSet mails);

    /**
     * Waits until the server hints at a change (IDLE, RFC 2177, renewed before the server's limit) or time is up. A hint is no proof: search
     * after it. Returns at once for what changed since the last {@link #search} began, if the server told.
     *
     * @param wait how long, and how often the server is asked meanwhile (NOOP, RFC 3501 §6.1.2)
     * @return what ended the wait
     */
    Result<Woken> await(Wait wait);

    /**
     * As {@link #await(Wait)}, with questions that may be put off.
     *
     * @param wait how long, and how often the server is asked meanwhile
     * @param later asked before each question: whether something is more urgent. Not for ever: a session asks all the same after a few times
     * @return what ended the wait
     */
    default Result<Woken> await(Wait wait, BooleanSupplier later) {
        return await(wait);
    }

    /**
     * Waits for what the server tells by itself.
     *
     * @param atMost how long
     * @return what ended the wait
     */
    default Result<Woken> await(Duration atMost) {
        return await(Wait.quiet(atMost));
    }

    /**
     * Ends an {@link #await} that is under way soon; without one nothing happens. Safe from any thread, never blocks for long.
     */
    default void wake() {}

    /** What ended a wait. */
    enum Woken {
        /** The server hinted at a change, or somebody called {@link #wake}. */
        HINT,
        /** Nothing happened in time. */
        TIME
    }

    /** {@return what the server is and offers, for people} */
    ServerFacts server();

    /** Ends the session; never fails, never blocks for longer than a second. */
    @Override
    void close();
}
