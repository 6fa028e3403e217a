package ekiden.cli;

import ekiden.base.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A definition's file.
 *
 * @param shown its name as given
 * @param text its content
 * @param folder the folder it lies in, absolute
 */
record DefinitionFile(String shown, String text, Path folder) {
    /** The API takes no larger request. */
    private static final int MOST_BYTES = 1024 * 1024;

    static DefinitionFile read(Path file, String shown) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw Failure.of(CliMessage.TOO_LARGE, "file", shown, "limit", MOST_BYTES);
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            Path folder = file.toAbsolutePath().getParent();
            return new DefinitionFile(shown, text, folder == null ? file.toAbsolutePath() : folder);
        } catch (NoSuchFileException none) {
            throw Failure.of(CliMessage.UNREADABLE, "file", shown, "reason", Reason.of(none));
        } catch (CharacterCodingException other) {
            throw Failure.of(CliMessage.UNREADABLE, "file", shown, "reason", Reason.of(other));
        } catch (IOException wrong) {
            throw Failure.of(CliMessage.UNREADABLE, "file", shown, "reason", Reason.of(wrong));
        }
    }
}
