package ekiden.cli;

import ekiden.base.Problem;
import ekiden.json.Json;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.ReadMailJson;
import ekiden.mail.mime.Reading;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** A file that holds one mail, for {@code ekiden mail read}. One thread. */
public final class MailFile implements RawSource {
    private static final Logger LOG = System.getLogger(MailFile.class.getName());

    private final FileChannel channel;
    private final long size;

    private MailFile(Path file) throws IOException {
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.size = channel.size();
    }

    /**
     * The line that {@code mail read} prints for a file.
     *
     * @param file a mail, absolute
     * @param shown the name that was given, for the line
     * @param asSent whether nothing is opened
     * @return the line, with the problem where it could not be read
     */
    public static CommandSet.MailLine read(Path file, String shown, boolean asSent) {
        try (MailFile raw = new MailFile(file)) {
            return switch (MessageReader.read(raw, MimeLimits.DEFAULT)) {
                case Reading.Readable(Message message) ->
                    new CommandSet.MailLine(Json.write(ReadMailJson.readable(shown, message, raw, asSent)), null);
                case Reading.Unreadable(Problem problem) -> unreadable(shown, problem);
            };
        } catch (NoSuchFileException none) {
            return unreadable(shown, Problem.of(CliMessage.UNREADABLE, "file", shown, "reason", "no such file"));
        } catch (IOException wrong) {
            String reason = Objects.requireNonNullElse(wrong.getMessage(), "?");
            return unreadable(shown, Problem.of(CliMessage.UNREADABLE, "file", shown, "reason", reason));
        }
    }

    private static CommandSet.MailLine unreadable(String shown, Problem problem) {
        return new CommandSet.MailLine(Json.write(ReadMailJson.unreadable(shown, problem)), problem);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int readAt(long offset, ByteBuffer into) throws IOException {
        return channel.read(into, offset);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException left) {
            LOG.log(Level.DEBUG, "a file that was only read", left);
        }
    }
}
