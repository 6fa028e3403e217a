package ekiden.base;

/**
 * A message for people, which is also the code of a {@link Problem}. Each area of the product lists its own in one enum
 * (for example {@code SendMessage}); the texts stand in {@code ekiden/message/AREA_en.properties} and {@code _ja}, four
 * keys each: {@code ID.text}, {@code ID.cause}, {@code ID.next} and, where the text has holes, {@code {name}} inside it.
 *
 * <p>Ids are stable for users: never changed, never used again. Form: {@code EKD} + area letter + four digits +
 * {@code -} + severity. Area letters: B settings and home, U definitions, S runs and scheduling, M mail, A agent, C command line and
 * API, D store and disk. Severity: E work stops, W goes on, I informs.
 */
public interface MessageId {
    /** {@return the id, for example {@code EKDM0123-E}} */
    String id();

    /** {@return whether trying again can help} */
    Kind kind();

    /** {@return what a command ends with when this ended it} */
    ExitCode exit();

    /** What a failure means for the next try. */
    enum Kind {
        /** Nothing happened; trying again later can help. */
        RETRYABLE,
        /** Nothing happened; trying again without a change will not help. */
        PERMANENT,
        /** It cannot be known whether it happened; never repeated without a person's word. */
        UNKNOWN,
        /** Not a failure. */
        INFORMATION
    }
}
