package ekiden.config;

import ekiden.base.Problem;
import ekiden.base.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings file of a home. Reading it again heals a mail section without a restart; what a running process cannot change
 * any more is only told. Safe from any thread.
 */
public final class SettingsFile {
    /** A text of the greatest allowed length in the widest encoding, and one byte more. */
    private static final int MOST_BYTES = 4 * 1024 * 1024 + 1;

    private final HomePaths home;
    /** What was read last. A process that runs looks every few seconds, and a file with many profiles takes long to understand. */
    private volatile @Nullable Lately lately;

    private record Lately(ByteBuffer bytes, SettingsReading reading) {}

    /**
     * @param home the home folder's names
     */
    public SettingsFile(HomePaths home) {
        this.home = home;
    }

    /**
     * {@return what the file says now; the defaults where the home has none, a problem where the one that was named is absent. The same object while the
     * file has the same bytes}
     */
    public SettingsReading read() {
        try (InputStream in = Files.newInputStream(home.settings())) {
            ByteBuffer bytes = ByteBuffer.wrap(in.readNBytes(MOST_BYTES));
            Lately before = lately;
            if (before != null && before.bytes().equals(bytes)) {
                return before.reading();
            }
            SettingsReading reading = understand(bytes);
            lately = new Lately(bytes, reading);
            return reading;
        } catch (NoSuchFileException absent) {
            return home.config() == null
                    ? new SettingsReading.Usable(Settings.defaults(home), List.of())
                    : new SettingsReading.Wrong(List.of(Problem.of(SettingsMessage.ABSENT, "file", home.settings())));
        } catch (CharacterCodingException notUtf8) {
            return SettingsYaml.unreadable(home, Reason.of(notUtf8));
        } catch (IOException failed) {
            return SettingsYaml.unreadable(home, Reason.of(failed));
        }
    }

    private SettingsReading understand(ByteBuffer bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(bytes.duplicate())
                .toString();
        return SettingsYaml.read(home, text);
    }

    /**
     * The file read again by a running process.
     *
     * @param mail the mail section as it is now; where the whole file is unreadable, so is the section
     * @param warnings what is wrong elsewhere, and which changes need a restart
     */
    public record Again(MailSettings mail, List<Problem> warnings) {
        /** Copies the list. */
        public Again {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Reads the mail section again.
     *
     * @param running the settings the process started with
     * @return what may be taken up at once
     */
    public Again readAgain(Settings running) {
        return switch (read()) {
            case SettingsReading.Wrong(List<Problem> problems) ->
                new Again(MailSettings.unreadable(problems), problems);
            case SettingsReading.Usable(Settings now, List<Problem> known) -> {
                List<Problem> warnings = new ArrayList<>(known);
                restart(!now.listen().equals(running.listen()), "listen", warnings);
                restart(!now.store().equals(running.store()), "store", warnings);
                restart(!now.limits().equals(running.limits()), "limits", warnings);
                yield new Again(now.mail(), warnings);
            }
        };
    }

    private void restart(boolean changed, String key, List<Problem> warnings) {
        if (changed) {
            warnings.add(Problem.of(SettingsMessage.NEEDS_RESTART, "file", home.settings(), "where", key));
        }
    }
}
