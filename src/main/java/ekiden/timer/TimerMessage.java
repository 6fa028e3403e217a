package ekiden.timer;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** What the timers say. Texts: {@code ekiden/message/timer_en.properties} and {@code _ja}. */
public enum TimerMessage implements MessageId {
    /** A timer's time has come and could not be taken in; values: {@code timer}, {@code reason}, {@code seconds}. */
    NOT_TAKEN_IN("EKDD0200-W", Kind.RETRYABLE);

    private final String id;
    private final Kind kind;

    TimerMessage(String id, Kind kind) {
        this.id = id;
        this.kind = kind;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public ExitCode exit() {
        return ExitCode.WARNING;
    }
}
