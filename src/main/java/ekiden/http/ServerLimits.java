package ekiden.http;

import java.util.Map;

/**
 * Bounds of the JDK's server, which takes them from system properties when its classes are first used: so they hold for the
 * process, not for one server.
 */
final class ServerLimits {
    /** Connections at the same time; further ones are closed at once. */
    static final int CONNECTIONS = 200;

    /** Bytes of all headers of one request. */
    static final int HEADER_BYTES = 16 * 1024;

    /** Headers of one request. */
    static final int HEADERS = 60;

    /** Seconds in which a request has to be there, headers and body. */
    static final int REQUEST_SECONDS = 20;

    /** Seconds in which an answer has to be taken; raw mails may be large. */
    static final int RESPONSE_SECONDS = 600;

    /** Seconds that a connection may be idle between two requests. */
    static final int IDLE_SECONDS = 30;

    private static final Map<String, Integer> PROPERTIES = Map.of(
            "jdk.httpserver.maxConnections", CONNECTIONS,
            "sun.net.httpserver.maxIdleConnections", CONNECTIONS,
            "sun.net.httpserver.maxReqHeaderSize", HEADER_BYTES,
            "sun.net.httpserver.maxReqHeaders", HEADERS,
            "sun.net.httpserver.maxReqTime", REQUEST_SECONDS,
            "sun.net.httpserver.maxRspTime", RESPONSE_SECONDS,
            "sun.net.httpserver.idleInterval", IDLE_SECONDS);

    private ServerLimits() {}

    /** What a user set on the command line of the virtual machine stays. */
    static void apply() {
        PROPERTIES.forEach((name, value) -> setAbsent(name, value.toString()));
        setAbsent("sun.net.httpserver.nodelay", "true");
    }

    private static void setAbsent(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
