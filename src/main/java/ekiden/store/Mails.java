package ekiden.store;

import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Trace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The mail catalogue: one row for each mail seen. */
public interface Mails {
    /**
     * Each call gives another number, larger than those of all mails whose transactions were committed before. Whether the
     * number of a transaction that was rolled back is given again is left open.
     *
     * @return the number the next mail gets
     */
    long nextId();

    /**
     * @param mail a mail whose number is not there yet; another with the same identity may be (equal bytes that came much later)
     */
    void insert(CatalogueMail mail);

    /**
     * Replaces the row of {@code mail.id()}.
     *
     * @param mail the changed mail
     */
    void update(CatalogueMail mail);

    /**
     * @param id the mail's number
     * @return it
     */
    Optional<CatalogueMail> find(long id);

    /**
     * @param identity of a mail
     * @return the newest row with this identity
     */
    Optional<CatalogueMail> find(MailIdentity identity);

    /**
     * @param mailbox a mailbox
     * @return the number of its newest mail, 0 where it has none
     */
    long newest(String mailbox);

    /**
     * Mails that a watch that has not joined the stream must still be tested against, oldest first: behind
     * {@code after}, in state UNREAD, and either unclaimed or newer than {@code bornAt}.
     *
     * @param mailbox the mailbox
     * @param after mails up to this number were tested already
     * @param bornAt mails up to this number count only while unclaimed
     * @param limit at most so many
     * @return the mails
     */
    List<CatalogueMail> untested(String mailbox, long after, long bornAt, int limit);

    /**
     * @param mailbox one mailbox, or null for all
     * @param state one state, or null for all
     * @param limit at most so many
     * @return newest first
     */
    List<CatalogueMail> list(@Nullable String mailbox, CatalogueMail.@Nullable State state, int limit);

    /**
     * Mails of mailboxes of our own whose bytes lie here, oldest first.
     *
     * @param after only mails behind this number
     * @param limit at most so many
     * @return the mails
     */
    List<CatalogueMail> withBytes(long after, int limit);

    /**
     * Mails with a Message-ID, which several may have. For a person's question: every row is looked at.
     *
     * @param messageId with its angle brackets
     * @param limit at most so many
     * @return newest first
     */
    List<CatalogueMail> withMessageId(String messageId, int limit);

    /**
     * @param mailbox a mailbox
     * @param trace what a mail looks like
     * @return the oldest mail of the mailbox that looks the same
     */
    Optional<CatalogueMail> like(String mailbox, Trace trace);

    /**
     * Mails whose identity's key begins with a text, in the order of their keys.
     *
     * @param mailbox a mailbox
     * @param prefix what the keys begin with; ends with a slash
     * @param after only keys behind this one; empty for all
     * @param limit at most so many
     * @return the mails
     */
    List<CatalogueMail> under(String mailbox, String prefix, String after, int limit);

    /**
     * @param place a spool entry
     * @return the rows whose bytes lie there
     */
    List<CatalogueMail> at(String place);

    /**
     * @param place a spool entry
     * @return whether there are rows whose bytes lie there
     */
    boolean pointsAt(String place);

    /**
     * Notes that an equal submission came again and joined this mail; nothing changes where that is noted already.
     *
     * @param id the mail that was joined
     * @param at when
     * @param again where the bytes of the second one had been spooled (released afterwards), or null
     */
    void joined(long id, Instant at, @Nullable RawMail again);

    /**
     * @param id a mail
     * @return when equal submissions joined it
     */
    List<Instant> joins(long id);
}
