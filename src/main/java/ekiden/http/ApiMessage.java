package ekiden.http;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** What the API says by itself; each with the status of its answer. */
public enum ApiMessage implements MessageId {
    /** No or a wrong token. */
    NO_TOKEN("EKDC0001-E", 401, Kind.PERMANENT, ExitCode.SETTINGS),
    /** The Host header names another machine: {@code {host}}. */
    FOREIGN_HOST("EKDC0002-E", 403, Kind.PERMANENT, ExitCode.SETTINGS),
    /** The Origin header names another page: {@code {origin}}. */
    FOREIGN_ORIGIN("EKDC0003-E", 403, Kind.PERMANENT, ExitCode.SETTINGS),
    /** No such route: {@code {method}}, {@code {path}}. */
    NO_ROUTE("EKDC0004-E", 404, Kind.PERMANENT, ExitCode.USAGE),
    /** The route has other methods: {@code {method}}, {@code {allowed}}. */
    NO_METHOD("EKDC0005-E", 405, Kind.PERMANENT, ExitCode.USAGE),
    /** The body is too large: {@code {limit}} bytes. */
    TOO_LARGE("EKDC0006-E", 413, Kind.PERMANENT, ExitCode.USAGE),
    /** The body is not the JSON that the route wants: {@code {reason}}. */
    BAD_BODY("EKDC0007-E", 400, Kind.PERMANENT, ExitCode.USAGE),
    /** A parameter is wrong: {@code {name}}, {@code {value}}, {@code {expected}}. */
    BAD_PARAMETER("EKDC0008-E", 400, Kind.PERMANENT, ExitCode.USAGE),
    /** Too many requests at the same time: {@code {limit}}. */
    TOO_MANY_REQUESTS("EKDC0009-E", 503, Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** Too many requests wait for events: {@code {limit}}. */
    TOO_MANY_WAITERS("EKDC0010-E", 503, Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** The commit did not come in time: {@code {seconds}}. */
    NO_ANSWER("EKDC0011-E", 504, Kind.UNKNOWN, ExitCode.UNCERTAIN),
    /** The id of a run was used for another unit: {@code {id}}, {@code {unit}}. */
    ID_TAKEN("EKDC0012-E", 409, Kind.PERMANENT, ExitCode.USAGE),
    /** The run has no such job: {@code {run}}, {@code {job}}. */
    NO_JOB("EKDC0013-E", 404, Kind.PERMANENT, ExitCode.USAGE),
    /** The job wrote nothing, or it is gone: {@code {run}}, {@code {job}}, {@code {attempt}}. */
    NO_OUTPUT("EKDC0014-E", 404, Kind.PERMANENT, ExitCode.USAGE),
    /** The bytes of the mail are gone: {@code {mail}}. */
    NO_BYTES("EKDC0015-E", 404, Kind.PERMANENT, ExitCode.USAGE),
    /** Stored bytes cannot be read: {@code {what}}, {@code {reason}}. */
    UNREADABLE_BYTES("EKDC0016-E", 500, Kind.RETRYABLE, ExitCode.SETTINGS),
    /** A bug: {@code {route}}. */
    BUG("EKDC0017-E", 500, Kind.PERMANENT, ExitCode.INTERNAL),
    /** The process is stopping. */
    STOPPING("EKDC0018-E", 503, Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** The folder of a definition is not absolute: {@code {folder}}. */
    BAD_FOLDER("EKDC0019-E", 400, Kind.PERMANENT, ExitCode.USAGE),
    /** Too many tests of profiles at the same time: {@code {limit}}. */
    TOO_MANY_TESTS("EKDC0020-E", 503, Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** A run's mail that is needed here still, or was not kept whole: {@code {run}}. */
    FILES_NEEDED("EKDC0021-E", 409, Kind.PERMANENT, ExitCode.USAGE),
    /** Another program has the port: {@code {address}}. */
    PORT_IN_USE("EKDC0030-E", 500, Kind.RETRYABLE, ExitCode.SETTINGS),
    /** The address cannot be listened on: {@code {address}}, {@code {reason}}. */
    CANNOT_LISTEN("EKDC0031-E", 500, Kind.PERMANENT, ExitCode.SETTINGS),
    /** The token file cannot be made or read: {@code {file}}, {@code {reason}}. */
    TOKEN_FILE("EKDC0032-E", 500, Kind.PERMANENT, ExitCode.SETTINGS),
    /** The token file holds no token: {@code {file}}. */
    BAD_TOKEN("EKDC0033-E", 500, Kind.PERMANENT, ExitCode.SETTINGS),
    /** The address file cannot be written: {@code {file}}, {@code {reason}}. */
    ADDRESS_FILE("EKDC0034-E", 500, Kind.PERMANENT, ExitCode.SETTINGS),
    /** Others could read the token, so it was made anew: {@code {file}}. */
    TOKEN_RENEWED("EKDC0035-W", 500, Kind.INFORMATION, ExitCode.DONE),
    /** The API can be reached from other machines without TLS: {@code {address}}. */
    OPEN_ADDRESS("EKDC0036-W", 500, Kind.INFORMATION, ExitCode.DONE);

    private final String id;
    private final int status;
    private final Kind kind;
    private final ExitCode exit;

    ApiMessage(String id, int status, Kind kind, ExitCode exit) {
        this.id = id;
        this.status = status;
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

    /** {@return the HTTP status of an answer with this problem} */
    int status() {
        return status;
    }
}
