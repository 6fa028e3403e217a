package ekiden.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON object (RFC 8259) into maps, lists, strings, numbers, booleans and null, from the tokens of the library.
 *
 * <p>Why beside the library's own way to maps: a call of {@code mail send --batch} is over before that has been compiled. How deep values may lie in each other
 * (500) and how long names and numbers may be are the library's usual limits; a property that comes twice has the last value.
 */
final class MapReader {
    private static final JsonFactory TOKENS = new JsonFactory();

    private MapReader() {}

    /** {@return the object, or null where something else stands there} */
    static @Nullable Map<String, Object> read(String json) {
        try (JsonParser tokens = TOKENS.createParser(ObjectReadContext.empty(), json)) {
            return whole(tokens);
        }
    }

    /** {@return the object, or null where something else stands there} */
    static @Nullable Map<String, Object> read(byte[] utf8) {
        try (JsonParser tokens = TOKENS.createParser(ObjectReadContext.empty(), utf8)) {
            return whole(tokens);
        }
    }

    private static @Nullable Map<String, Object> whole(JsonParser tokens) {
        Map<String, Object> object = tokens.nextToken() == JsonToken.START_OBJECT ? object(tokens) : null;
        if (object != null && tokens.nextToken() != null) {
            throw new StreamReadException(tokens, "more than one value");
        }
        return object;
    }

    // null is a value of JSON that the annotations of maps do not know
    @SuppressWarnings("NullAway")
    private static Map<String, Object> object(JsonParser tokens) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (String name = tokens.nextName(); name != null; name = tokens.nextName()) {
            tokens.nextToken();
            object.put(name, value(tokens));
        }
        return object;
    }

    @SuppressWarnings("NullAway")
    private static List<Object> list(JsonParser tokens) {
        List<Object> list = new ArrayList<>();
        while (tokens.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(tokens));
        }
        return list;
    }

    private static @Nullable Object value(JsonParser tokens) {
        return switch (tokens.currentToken()) {
            case VALUE_STRING -> tokens.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> tokens.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case START_OBJECT -> object(tokens);
            case START_ARRAY -> list(tokens);
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no value begins with " + tokens.currentToken());
        };
    }
}
