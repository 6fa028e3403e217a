package ekiden.http;

import java.util.Map;

/** What a route answers. */
sealed interface Response {
    /** A value as JSON. */
    record Value(int status, Object value) implements Response {
        Value(Object value) {
            this(200, value);
        }
    }

    /** Text of a type of its own. */
    record Text(String type, String text) implements Response {}

    /** {@code length} stored bytes from {@code offset}. Whoever answers closes them. */
    record Bytes(String type, StoredBytes.Piece piece, long offset, long length, Map<String, String> headers)
            implements Response {}
}
