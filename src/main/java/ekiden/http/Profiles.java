package ekiden.http;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.definition.KnownProfiles;
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
     * @param problem why it cannot be used at present, or null
     */
    record Profile(
            String name,
            @Nullable Side receive,
            @Nullable Side send,
            @Nullable String from,
            @Nullable Problem problem) {}

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
