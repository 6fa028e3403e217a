package ekiden.mail.address.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text of a file of a book, whatever program wrote it. Pure. */
public final class BookText {
    private static final Charset WINDOWS_31J = Charset.forName("windows-31j");

    private BookText() {}

    /**
     * @param bytes all of the file
     * @param charset of the file, or null: UTF-16 where a byte order mark says so, UTF-8 where it is that, otherwise windows-31j
     * @return its text without a byte order mark, or empty where it is not in that charset
     */
    public static Optional<String> of(byte[] bytes, @Nullable Charset charset) {
        List<Charset> tried = charset != null
                ? List.of(charset)
                : wide(bytes) ? List.of(StandardCharsets.UTF_16) : List.of(StandardCharsets.UTF_8, WINDOWS_31J);
        return tried.stream().flatMap(one -> decoded(bytes, one).stream()).findFirst();
    }

    private static Optional<String> decoded(byte[] bytes, Charset charset) {
        try {
            String text = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }

    private static boolean wide(byte[] bytes) {
        return bytes.length > 1 && (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == 0xFF + 0xFE && bytes[0] < 0 && bytes[1] < 0;
    }
}
