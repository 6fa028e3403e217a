package ekiden.message;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** Messages about messages. */
public enum MessageMessage implements MessageId {
    /** {@code explain} of an id nobody knows: {@code {id}}. */
    UNKNOWN_ID("EKDC0190-E");

    private final String id;

    MessageMessage(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Kind kind() {
        return Kind.PERMANENT;
    }

    @Override
    public ExitCode exit() {
        return ExitCode.USAGE;
    }
}
