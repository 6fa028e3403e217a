package ekiden.main;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.SystemClock;
import ekiden.cli.CliMessage;
import ekiden.cli.CommandSet;
import ekiden.json.Json;
import ekiden.mail.mime.FileSource;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.MimeMessage;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.OpeningLimits;
import ekiden.mail.mime.ReadMailJson;
import ekiden.mail.mime.Reading;
import ekiden.mail.smime.BouncySmime;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ekiden mail read}: one file, one line. */
final class ReadMailCommand implements CommandSet.ReadMail {
    private static final Logger LOG = LazyLogger.of(ReadMailCommand.class);

    private final DkimLine dkim = new DkimLine();

    /** The line that is printed, and why it is none of a mail. */
    private record Line(
            Map<String, @Nullable Object> properties,
            @Nullable Problem problem) {}

    @Override
    public @Nullable Problem read(Path file, String shown, CommandSet.ReadOptions options, PrintStream out) {
        Line line = line(file, shown, options);
        // only now: a line that has begun is not followed by another for the same file
        Json.writeLine(line.properties(), out);
        return line.problem();
    }

    private Line line(Path file, String shown, CommandSet.ReadOptions options) {
        if (Files.isDirectory(file)) {
            return failed(shown, Problem.of(CliMessage.UNREADABLE, "file", shown, "reason", "Is a directory"));
        }
        try (FileSource source = FileSource.open(file)) {
            Opening opening = new Opening(
                    !options.asSent(),
                    options.openMessages() && !options.asSent(),
                    options.asSent()
                            ? null
                            : new BouncySmime(
                                    SmimeFiles.keys(options.key(), options.keyPassword(), options.trust()),
                                    new SystemClock()),
                    OpeningLimits.DEFAULT);
            return switch (MessageReader.read(source, MimeLimits.DEFAULT, opening)) {
                case Reading.Unreadable(Problem problem) -> failed(shown, problem);
                case Reading.Readable(Message message) -> {
                    Map<String, @Nullable Object> line = ReadMailJson.readable(shown, message, source);
                    if (options.dkim() != null) {
                        line.put("dkim", dkim.of(message, source, options.dkim()));
                    }
                    yield new Line(line, null);
                }
            };
        } catch (OutOfMemoryError full) {
            LOG.log(Level.DEBUG, "no memory for a mail", full);
            return failed(shown, Problem.of(MimeMessage.NO_MEMORY));
        } catch (SmimeFiles.Unusable key) {
            return failed(shown, key.problem());
        } catch (IOException unreadable) {
            return failed(shown, Problem.of(CliMessage.UNREADABLE, "file", shown, "reason", Reason.of(unreadable)));
        }
    }

    private static Line failed(String shown, Problem problem) {
        String words = Catalogue.messages().render(problem, Locale.ENGLISH);
        return new Line(ReadMailJson.unreadable(shown, words), problem);
    }
}
