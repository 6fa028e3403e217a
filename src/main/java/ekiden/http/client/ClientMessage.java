package ekiden.http.client;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** Why the API could not be asked. Texts stand in the area {@code api}. */
public enum ClientMessage implements MessageId {
    /** No process runs on this home: {@code {home}}. */
    NOT_RUNNING("EKDC0060-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** The process that wrote the address has ended: {@code {home}}. */
    GONE("EKDC0061-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** Nothing answers at the address: {@code {address}}, {@code {reason}}. */
    NOT_REACHABLE("EKDC0062-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** The connection was lost before the answer: {@code {address}}, {@code {reason}}. */
    LOST("EKDC0063-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** The answer did not come in time: {@code {address}}, {@code {seconds}}. */
    SILENT("EKDC0064-E", Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** What answers is not Ekiden's API: {@code {address}}, {@code {reason}}. */
    NOT_EKIDEN("EKDC0065-E", Kind.PERMANENT, ExitCode.NOT_REACHABLE),
    /** The token cannot be read: {@code {file}}, {@code {reason}}. */
    NO_TOKEN("EKDC0066-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The address file is not one: {@code {file}}. */
    BAD_ADDRESS("EKDC0067-E", Kind.PERMANENT, ExitCode.SETTINGS);

    private final String id;
    private final Kind kind;
    private final ExitCode exit;

    ClientMessage(String id, Kind kind, ExitCode exit) {
        this.id = id;
        this.kind = kind;
        this.exit = exit;
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
        return exit;
    }
}
