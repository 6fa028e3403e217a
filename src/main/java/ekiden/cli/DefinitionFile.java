package ekiden.cli;

import ekiden.base.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

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

    private static final Logger LOG = System.getLogger(DefinitionFile.class.getName());

    static DefinitionFile read(Path file, String shown) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw Failure.of(CliMessage.TOO_LARGE, "file", shown, "limit", MOST_BYTES);
            }
            String text = text(bytes);
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

    private static String text(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    /** A file that it names and that is filled with values later; only where it is there now, as a file of the right kind and size. */
    Optional<String> template(String name) {
        try {
            Path file = folder.resolve(name).normalize();
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            return Optional.of(text(Files.readAllBytes(file)));
        } catch (IOException | InvalidPathException notHere) {
            LOG.log(Level.DEBUG, "a template is not checked: {0}", notHere.getMessage());
            return Optional.empty();
        }
    }
}
