package ekiden.cli;

import ekiden.base.LazyLogger;
import ekiden.base.Reason;
import ekiden.definition.TemplateLimits;
import ekiden.definition.yaml.TemplateFiles;
import ekiden.disk.NamedFile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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

    /** Of UTF-8 that may be a template: no character takes more than three for each UTF-16 unit. */
    private static final int MOST_TEMPLATE_BYTES = 3 * TemplateLimits.DEFAULT.text();

    private static final String TOO_LARGE = "too large";

    private static final Logger LOG = LazyLogger.of(DefinitionFile.class);

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

    /** A file that it names and that is filled with values later; only where it is there now and may be read by who checks. */
    TemplateFiles.Found template(String name) {
        try (InputStream in = NamedFile.open(folder.resolve(name).normalize())) {
            byte[] bytes = in.readNBytes(MOST_TEMPLATE_BYTES + 1);
            String text = bytes.length > MOST_TEMPLATE_BYTES ? "" : text(bytes);
            return bytes.length > MOST_TEMPLATE_BYTES || text.length() > TemplateLimits.DEFAULT.text()
                    ? new TemplateFiles.Found.Unusable(TOO_LARGE)
                    : new TemplateFiles.Found.Text(text);
        } catch (CharacterCodingException other) {
            return new TemplateFiles.Found.Unusable(Reason.of(other));
        } catch (NoSuchFileException | AccessDeniedException | InvalidPathException notHere) {
            LOG.log(Level.DEBUG, "a template is not checked: {0}", notHere.getMessage());
            return new TemplateFiles.Found.NotHere();
        } catch (IOException wrong) {
            return new TemplateFiles.Found.Unusable(Reason.of(wrong));
        }
    }
}
