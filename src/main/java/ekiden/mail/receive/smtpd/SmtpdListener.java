package ekiden.mail.receive.smtpd;

import ekiden.base.Problem;
import java.net.InetSocketAddress;

/** Hears what happens at the listener. Called from its threads; must be quick and must not throw. */
public interface SmtpdListener {
    /** Hears nothing. */
    SmtpdListener NONE = new SmtpdListener() {};

    /**
     * Clients may come.
     *
     * @param at where
     */
    default void listening(InetSocketAddress at) {}

    /**
     * A client has come.
     *
     * @param client its network address
     */
    default void connected(String client) {}

    /**
     * The last byte of a mail was read; nothing is durable yet.
     *
     * @param place its name in the spool
     * @param nanos {@link ekiden.base.Clock#nanos}
     */
    default void endOfData(String place, long nanos) {}

    /**
     * A mail is durable in the spool; nobody has been told of it yet.
     *
     * @param place its name in the spool
     */
    default void stored(String place) {}

    /**
     * A mail could not be taken (not: a client broke the rules).
     *
     * @param problem why, for example that the disk is full
     */
    default void problem(Problem problem) {}
}
