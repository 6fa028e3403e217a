package ekiden.mail.mime;

import org.jspecify.annotations.Nullable;

/**
 * A Content-Type with its parameters.
 *
 * @param type in lower case, for example {@code text/plain}
 * @param parameters decoded
 */
record ContentType(String type, Parameters parameters) {
    /** What RFC 2045 §5.2 says a part is that says nothing. */
    static final ContentType TEXT = new ContentType("text/plain", Parameters.NONE);

    static final ContentType MESSAGE = new ContentType("message/rfc822", Parameters.NONE);

    boolean multipart() {
        return type.startsWith("multipart/");
    }

    @Nullable
    String charset() {
        return parameters.get("charset");
    }
}
