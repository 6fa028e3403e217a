package ekiden.json;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON. Safe from any thread. */
public final class Json {
    /** Made when it is used first: not every call needs it. */
    private static final class Library {
        static final JsonMapper MAPPER = JsonMapper.builder()
                .annotationIntrospector(new SealedTypes())
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .changeDefaultPropertyInclusion(old -> old.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();

        private Library() {}
    }

    private Json() {}

    /** Text that is not the JSON of the wanted type. */
    public static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * @param value a record, map, list or scalar
     * @return one line of JSON
     */
    public static String write(Object value) {
        return Library.MAPPER.writeValueAsString(value);
    }

    /**
     * @param value a map with strings as keys, list, string, whole number, boolean or null, and so on inside; no record
     * @return one line of JSON in UTF-8, with the end of the line
     */
    public static byte[] writeLine(@Nullable Object value) {
        PlainJson json = new PlainJson();
        json.value(value);
        json.one('\n');
        return json.written();
    }

    /**
     * As {@link #writeLine(Object)}, without the whole of it in memory.
     *
     * @param value as there
     * @param out where it goes; neither flushed nor closed
     * @throws UncheckedIOException where {@code out} does not take it
     */
    public static void writeLine(@Nullable Object value, OutputStream out) {
        PlainJson json = new PlainJson(out);
        json.value(value);
        json.one('\n');
        json.flush();
    }

    /**
     * @param value a record, map, list or scalar
     * @return JSON over several lines, for people
     */
    public static String writePretty(Object value) {
        return Library.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }

    /**
     * @param json the text
     * @param type what it should be
     * @param <T> that type
     * @return the value
     * @throws Unreadable when it is not that
     */
    public static <T> T read(String json, Class<T> type) {
        try {
            return there(Library.MAPPER.readValue(json, type), type.getSimpleName());
        } catch (JacksonException wrong) {
            throw new Unreadable(
                    "not the JSON of a " + type.getSimpleName() + ": " + wrong.getOriginalMessage(), wrong);
        }
    }

    private static <T> T there(@Nullable T value, String what) {
        if (value == null) {
            throw new Unreadable("null where a " + what + " should be", null);
        }
        return value;
    }

    /**
     * @param json the text of a JSON object
     * @return its properties: maps, lists, strings, numbers, booleans
     * @throws Unreadable when it is not an object
     */
    public static Map<String, Object> readMap(String json) {
        try {
            return object(MapReader.read(json));
        } catch (JacksonException wrong) {
            throw noObject(wrong);
        }
    }

    /**
     * @param utf8 a JSON object
     * @return its properties: maps, lists, strings, numbers, booleans
     * @throws Unreadable when it is not an object
     */
    public static Map<String, Object> readMap(byte[] utf8) {
        try {
            return object(MapReader.read(utf8));
        } catch (JacksonException wrong) {
            throw noObject(wrong);
        }
    }

    private static Map<String, Object> object(@Nullable Map<String, Object> read) {
        if (read == null) {
            throw new Unreadable("not a JSON object: another value stands there", null);
        }
        return read;
    }

    private static Unreadable noObject(JacksonException wrong) {
        return new Unreadable("not a JSON object: " + wrong.getOriginalMessage(), wrong);
    }

    /**
     * A value turned into another type by way of its JSON form.
     *
     * @param value a map, list or record
     * @param type what it should become
     * @param <T> that type
     * @return the value as that type
     */
    public static <T> T convert(Object value, Class<T> type) {
        try {
            return Library.MAPPER.convertValue(value, type);
        } catch (JacksonException wrong) {
            throw new Unreadable("not a " + type.getSimpleName() + ": " + wrong.getOriginalMessage(), wrong);
        }
    }

    /** Gives every sealed interface of ours a property {@code type}. */
    private static final class SealedTypes extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
            if (annotated instanceof AnnotatedClass type && sealed(type.getRawType())) {
                return JsonTypeInfo.Value.construct(
                        JsonTypeInfo.Id.SIMPLE_NAME, JsonTypeInfo.As.PROPERTY, "type", null, false, true, null);
            }
            return super.findPolymorphicTypeInfo(config, annotated);
        }

        /** A record that a bare text stands for, too, has a method of this name; a text was all there was of it once. */
        private static final String FROM_TEXT = "fromText";

        @Override
        public JsonCreator.@Nullable Mode findCreatorAnnotation(MapperConfig<?> config, Annotated annotated) {
            boolean fromText = annotated instanceof AnnotatedMethod method
                    && method.isStatic()
                    && method.getName().equals(FROM_TEXT)
                    && method.getDeclaringClass().isRecord();
            return fromText ? JsonCreator.Mode.DELEGATING : super.findCreatorAnnotation(config, annotated);
        }

        private static boolean sealed(Class<?> type) {
            if (type.isSealed()) {
                return true;
            }
            for (Class<?> parent : type.getInterfaces()) {
                if (sealed(parent)) {
                    return true;
                }
            }
            return false;
        }
    }
}
