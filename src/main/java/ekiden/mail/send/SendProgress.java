package ekiden.mail.send;

/** What the caller of {@link MailSender} is told on the way; called on the thread that submits. */
@FunctionalInterface
public interface SendProgress {
    /** Lets every mail pass. */
    SendProgress NONE = () -> true;

    /**
     * The content is with the server; only the final dot (or last chunk) is missing. Whoever must be able to tell
     * <em>safe</em> from <em>uncertain</em> after a crash makes a durable note here. Asked at most once per submission.
     *
     * @return true to go on; false where this mail may not be sent any more (a lease has ended, the note could not be
     *     made): then the connection is dropped and nothing was sent. An unchecked exception has the same effect at the
     *     server and passes on to the caller
     */
    boolean endingData();
}
