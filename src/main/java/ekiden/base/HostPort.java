package ekiden.base;

import java.util.Optional;

/**
 * Where a server listens or is reached.
 *
 * @param host a host name or address, an IPv6 address without brackets; not blank
 * @param port 0 to 65535; 0 means any free port, for a listener only
 */
public record HostPort(String host, int port) {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_HOST = 253;

    /**
     * @param text {@code HOST:PORT}, {@code [IPV6]:PORT} or {@code PORT}
     * @param defaultHost the host where the text has none
     * @return the two, or empty where the text is no such thing
     */
    public static Optional<HostPort> parse(String text, String defaultHost) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? defaultHost : text.substring(0, colon);
        String port = text.substring(colon + 1);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            return Optional.empty();
        }
        if (!host(host) || port.isEmpty() || port.length() > 5 || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int number = Integer.parseInt(port);
        return number > MAX_PORT ? Optional.empty() : Optional.of(new HostPort(host, number));
    }

    /**
     * @param text what may be a host name or an address
     * @return whether it has the characters and the length of one
     */
    public static boolean host(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_HOST
                && text.chars()
                        .allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == ':' || c == '_');
    }

    /** {@return whether the host is this machine by a name or address that needs no look-up} */
    public boolean loopback() {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
