package ekiden.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the route of a request. Immutable. */
final class Router {
    /** A route and the varying parts of the path. */
    record Found(Route route, Map<String, String> parts) {}

    private final List<Route> routes;

    Router(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    List<Route> routes() {
        return routes;
    }

    /** The route of a request, or what is wrong with method or path. */
    Found find(String method, String rawPath) {
        List<String> path = Paths.parts(rawPath);
        List<String> allowed = new ArrayList<>();
        for (Route route : routes) {
            Optional<Map<String, String>> parts = route.match(path);
            if (parts.isPresent() && route.method().equals(method)) {
                return new Found(route, parts.get());
            }
            parts.ifPresent(ignored -> allowed.add(route.method()));
        }
        if (allowed.isEmpty()) {
            throw Refusal.of(ApiMessage.NO_ROUTE, "method", method, "path", rawPath);
        }
        throw Refusal.of(ApiMessage.NO_METHOD, "method", method, "allowed", String.join(", ", allowed));
    }
}
