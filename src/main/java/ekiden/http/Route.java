package ekiden.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One entry of the table of routes.
 *
 * @param method for example {@code GET}
 * @param template the path as in {@code openapi.yaml}, with {@code {name}} for a part that varies
 * @param open whether it answers without a token
 * @param answer answers
 */
record Route(String method, String template, boolean open, Function<Request, Response> answer) {
    static Route get(String template, Function<Request, Response> answer) {
        return new Route("GET", template, false, answer);
    }

    static Route post(String template, Function<Request, Response> answer) {
        return new Route("POST", template, false, answer);
    }

    static Route delete(String template, Function<Request, Response> answer) {
        return new Route("DELETE", template, false, answer);
    }

    static Route open(String template, Function<Request, Response> answer) {
        return new Route("GET", template, true, answer);
    }

    /** The varying parts of a path that has this form. */
    Optional<Map<String, String>> match(List<String> path) {
        String[] form = template.substring(1).split("/", -1);
        if (form.length != path.size()) {
            return Optional.empty();
        }
        Map<String, String> parts = new LinkedHashMap<>();
        for (int i = 0; i < form.length; i++) {
            if (form[i].startsWith("{")) {
                parts.put(form[i].substring(1, form[i].length() - 1), path.get(i));
            } else if (!form[i].equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parts);
    }
}
