package ekiden.http;

import ekiden.json.Json;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request behind the guard, as the routes see it. */
record Request(
        String method,
        String path,
        Map<String, String> parts,
        Map<String, String> query,
        String body,
        Locale language) {

    /** The part of the path that stands for {@code {name}} in the route. */
    String part(String name) {
        String value = parts.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no {" + name + "}");
        }
        return value;
    }

    /** A number in the path. */
    long numberPart(String name) {
        return number(name, part(name), 1, Long.MAX_VALUE);
    }

    @Nullable
    String text(String name) {
        return query.get(name);
    }

    long number(String name, long absent, long least, long most) {
        String value = query.get(name);
        return value == null ? absent : number(name, value, least, most);
    }

    private static long number(String name, String value, long least, long most) {
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            throw bad(name, value, least, most);
        }
        throw bad(name, value, least, most);
    }

    private static Refusal bad(String name, String value, long least, long most) {
        String expected = most == Long.MAX_VALUE ? least + " or more" : least + " to " + most;
        return Refusal.of(ApiMessage.BAD_PARAMETER, "name", name, "value", value, "expected", expected);
    }

    boolean flag(String name, boolean absent) {
        String value = query.get(name);
        if (value == null) {
            return absent;
        }
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw Refusal.of(ApiMessage.BAD_PARAMETER, "name", name, "value", value, "expected", "true or false");
    }

    int limit(ApiLimits limits) {
        return (int) number("limit", limits.listDefault(), 1, limits.listMost());
    }

    /** The body as the JSON of a record. */
    <T> T json(Class<T> type) {
        try {
            return Json.read(body, type);
        } catch (Json.Unreadable wrong) {
            throw Refusal.of(ApiMessage.BAD_BODY, "reason", String.valueOf(wrong.getMessage()));
        }
    }

    /** A property that must be there. */
    static String wanted(@Nullable String value, String name) {
        if (value == null || value.isEmpty()) {
            throw Refusal.of(ApiMessage.BAD_BODY, "reason", name + " is missing");
        }
        return value;
    }
}
