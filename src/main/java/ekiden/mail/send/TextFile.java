package ekiden.mail.send;

import ekiden.base.Result;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A file whose text goes into a mail. Pure; safe from any thread. */
public final class TextFile {
    private static final String MARK = "\ufeff";

    private TextFile() {}

    /**
     * @param bytes of the file
     * @param file what it is called, for people
     * @return its text, without the mark that some programs set in front; {@link ComposeMessage#NOT_UTF8} where it is none
     */
    public static Result<String> text(byte[] bytes, Path file) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Result.ok(text.startsWith(MARK) ? text.substring(1) : text);
        } catch (CharacterCodingException other) {
            return Result.failed(ComposeMessage.NOT_UTF8, "file", file);
        }
    }
}
