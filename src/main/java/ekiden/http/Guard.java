package ekiden.http;

import com.sun.net.httpserver.Headers;
import ekiden.base.HostPort;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may talk to the API. In this order: the Host header names this machine or the configured address (so that no web page
 * reaches it through a name of its own that resolves to 127.0.0.1), the Origin header is absent or our own (so that no other
 * page's script does), the token is right.
 */
final class Guard {
    private final HostPort listen;
    private final ApiToken token;

    Guard(HostPort listen, ApiToken token) {
        this.listen = listen;
        this.token = token;
    }

    /** Refuses what comes from elsewhere. */
    void place(Headers headers) {
        String host = host(headers);
        List<String> origins = headers.getOrDefault("Origin", List.of());
        for (String origin : origins) {
            if (!origin.toLowerCase(Locale.ROOT).equals("http://" + host)) {
                throw Refusal.of(ApiMessage.FOREIGN_ORIGIN, "origin", origin);
            }
        }
        String site = headers.getFirst("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw Refusal.of(ApiMessage.FOREIGN_ORIGIN, "origin", site);
        }
    }

    private String host(Headers headers) {
        List<String> hosts = headers.getOrDefault("Host", List.of());
        String host = String.join(", ", hosts).strip().toLowerCase(Locale.ROOT);
        if (hosts.size() != 1 || !ours(host)) {
            throw Refusal.of(ApiMessage.FOREIGN_HOST, "host", host);
        }
        return host;
    }

    /** The port is not looked at: a forwarded one differs, and a page cannot choose it to its advantage. */
    private boolean ours(String host) {
        String withPort = host.lastIndexOf(':') > host.lastIndexOf(']') ? host : host + ":80";
        Optional<HostPort> named = HostPort.parse(withPort, "");
        return named.isPresent()
                && (named.get().loopback() || named.get().host().equalsIgnoreCase(listen.host()));
    }

    /** Refuses who has no token. */
    void token(Headers headers) {
        List<String> given = headers.getOrDefault("Authorization", List.of());
        @Nullable String one = given.size() == 1 ? given.getFirst() : null;
        if (!token.allows(one)) {
            throw Refusal.of(ApiMessage.NO_TOKEN);
        }
    }
}
