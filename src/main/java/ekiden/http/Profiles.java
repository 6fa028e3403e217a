package ekiden.http;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.definition.KnownProfiles;
import ekiden.model.mail.UidSet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mail profiles of the settings. Safe from any thread. */
public interface Profiles {
    /**
     * A profile as people see it; no secret.
     *
     * @param name its name
     * @param receive where its mail comes from, or null where it does not receive
     * @param send through what it sends, or null where it does not send
     * @param from the author of its mails, or null where it does not send
     * @param token until when the access token in use is valid, or null where there is none, or that is not known
     * @param problem why it cannot be used at present, or null: whether the settings work
     * @param readers whether its readers work, one for each folder at a server; empty where there is none
     * @param canary how its canary mail is, or null where it has none
     */
    record Profile(
            String name,
            @Nullable Side receive,
            @Nullable Side send,
            @Nullable String from,
            @Nullable TokenEnd token,
            @Nullable Problem problem,
            List<Reader> readers,
            @Nullable Canary canary) {
        /** Copies the list. */
        public Profile {
            readers = List.copyOf(readers);
        }
    }

    /**
     * The canary mail of a mailbox at a server.
     *
     * @param state where the newest one stands
     * @param works whether one has arrived, and nothing went wrong since
     * @param sent when the newest one was sent, or null where none was
     * @param arrived when one was last seen in the mailbox, or null where none was
     * @param tookMillis how long that one took, in milliseconds, or null
     */
    record Canary(
            String state,
            boolean works,
            @Nullable Instant sent,
            @Nullable Instant arrived,
            @Nullable Long tookMillis) {}

    /**
     * The end of an access token.
     *
     * @param until when it ends
     * @param seconds how long that is from now; negative where it has ended
     */
    record TokenEnd(Instant until, long seconds) {}

    /**
     * A reader of a folder at a server.
     *
     * @param folder the folder
     * @param state what it does
     * @param answered when the server last answered a search, or null where it never did
     * @param looks searches that were answered
     * @param connections sessions that were opened
     * @param bytes bytes of mails that were fetched
     * @param receiving the large mail that is on its way just now, or null
     * @param connected whether a connection is open
     * @param budget its server's budget of bytes, or null where there is none
     * @param problem what went wrong since the last answer, or null
     */
    record Reader(
            String folder,
            String state,
            @Nullable Instant answered,
            long looks,
            long connections,
            long bytes,
            @Nullable Receiving receiving,
            boolean connected,
            @Nullable Budget budget,
            @Nullable Problem problem) {}

    /**
     * How many bytes of mails may be fetched from a server in a time.
     *
     * @param bytes how many
     * @param seconds in which time
     * @param used how many were, by all readers that share it
     * @param waiting mails of this reader that wait until it is free again
     */
    record Budget(long bytes, long seconds, long used, long waiting) {}

    /**
     * A large mail on its way.
     *
     * @param bytes how much of it is here
     * @param size how large it is
     */
    record Receiving(long bytes, long size) {}

    /**
     * What is in a folder at a server.
     *
     * @param folder the folder
     * @param uidValidity under which the UIDs hold
     * @param all the mails in it
     * @param unread those that nobody has read
     */
    record FolderContent(String folder, long uidValidity, UidSet all, UidSet unread) {}

    /**
     * Asks the servers what is in the folders of a profile; waits for them, with a deadline of its own.
     *
     * @param name a profile
     * @return what is in the folders that are watched, or why that cannot be told
     */
    Result<List<FolderContent>> content(String name);

    /**
     * A person allows that new UIDs are followed in the folders of a profile.
     *
     * @param name a profile
     * @return whether there is such a profile
     */
    Result<Boolean> resume(String name);

    /**
     * One side of a profile.
     *
     * @param kind the word of the settings, for example {@code smtpd}, {@code imap} or {@code smtp}
     * @param server where it listens or what it connects to, for example {@code 127.0.0.1:2525}
     * @param user who logs in, or null
     */
    record Side(String kind, String server, @Nullable String user) {}

    /**
     * One thing that was tried.
     *
     * @param what {@code receive} or {@code send}
     * @param detail what was seen, for people: a greeting, an address, a count; no secret
     * @param problem why it failed, or null where it went well
     */
    record Step(String what, String detail, @Nullable Problem problem) {}

    /**
     * How much all readers together use of the servers at present.
     *
     * @param connections that are open
     * @param looks in quick succession in the last second, about
     * @param looksMost how many these may be
     */
    record Use(long connections, long looks, long looksMost) {}

    /** {@return how much is used at present} */
    Use use();

    /** {@return all profiles in the order of the settings} */
    List<Profile> list();

    /** {@return the names a definition may use} */
    KnownProfiles known();

    /**
     * Tries a profile: connects, logs in, sends nothing, changes nothing. Waits for servers, with a deadline of its own.
     *
     * @param name a profile
     * @return what was tried, or why nothing could be
     */
    Result<List<Step>> test(String name);
}
