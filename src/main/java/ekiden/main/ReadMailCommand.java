package ekiden.main;

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
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ekiden mail read}: one file, one line. */
final class ReadMailCommand implements CommandSet.ReadMail {
    private static final Logger LOG = System.getLogger(ReadMailCommand.class.getName());

    private final DkimLine dkim = new DkimLine();

    @Override
    public CommandSet.MailLine read(Path file, String shown, CommandSet.ReadOptions options) {
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
                    yield new CommandSet.MailLine(Json.write(line), null);
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

    private static CommandSet.MailLine failed(String shown, Problem problem) {
        return new CommandSet.MailLine(
                Json.write(ReadMailJson.unreadable(shown, Catalogue.messages().render(problem, Locale.ENGLISH))),
                problem);
    }
}
