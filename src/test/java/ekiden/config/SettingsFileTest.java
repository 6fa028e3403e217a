package ekiden.config;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    @TempDir
    Path folder;

    private HomePaths home;
    private SettingsFile file;

    @BeforeEach
    void home() {
        home = new HomePaths(folder);
        file = new SettingsFile(home);
    }

    private void write(String text) throws IOException {
        Files.writeString(home.settings(), text);
    }

    private Settings usable() {
        return ((SettingsReading.Usable) file.read()).settings();
    }

    @Test
    void absentFileMeansTheDefaults() {
        assertThat(usable()).isEqualTo(Settings.defaults(home));
    }

    @Test
    void fileIsUnderstoodOnceUntilItChanges() throws IOException {
        write("version: 1\nlisten: 127.0.0.1:1\n");
        SettingsReading first = file.read();
        assertThat(file.read()).isSameAs(first);
        write("version: 1\nlisten: 127.0.0.1:2\n");
        assertThat(usable().listen().port()).isEqualTo(2);
        write("version: 1\nlisten: 127.0.0.1:1\n");
        assertThat(usable().listen().port()).isEqualTo(1);
        Files.delete(home.settings());
        assertThat(usable()).isEqualTo(Settings.defaults(home));
    }

    @Test
    void absentFileThatWasNamedStopsTheProcess() {
        SettingsFile named = new SettingsFile(new HomePaths(folder, folder.resolve("other.yaml")));
        assertThat(((SettingsReading.Wrong) named.read()).problems())
                .extracting(problem -> problem.id() + " " + problem.values().get("file"))
                .containsExactly("EKDB0013-E " + folder.resolve("other.yaml"));
    }

    @Test
    void namedFileThatGoesAwayTakesTheMailSectionAlong() throws IOException {
        Path other = folder.resolve("other.yaml");
        Files.writeString(other, "version: 1\nmail: {profiles: {p: {send: {smtp: {host: h}, from: a@b}}}}\n");
        SettingsFile named = new SettingsFile(new HomePaths(folder, other));
        Settings running = ((SettingsReading.Usable) named.read()).settings();
        Files.delete(other);
        assertThat(named.readAgain(running).mail().readable()).isFalse();
    }

    @Test
    void fileThatCannotBeReadStopsTheProcess() throws IOException {
        Files.write(home.settings(), new byte[] {'a', ':', ' ', (byte) 0x82, (byte) 0xa0});
        assertThat(((SettingsReading.Wrong) file.read()).problems())
                .extracting(Problem::id)
                .containsExactly("EKDB0012-E");
        Files.delete(home.settings());
        Files.createDirectory(home.settings());
        assertThat(((SettingsReading.Wrong) file.read()).problems())
                .extracting(Problem::id)
                .containsExactly("EKDB0012-E");
    }

    @Test
    void brokenMailSectionHealsWhenTheFileIsReadAgain() throws IOException {
        write("version: 1\nmail: {profiles: {p: {send: {smtp: {host: h}}}}}\n");
        Settings running = usable();
        assertThat(running.mail().readable()).isFalse();
        write("version: 1\nmail: {profiles: {p: {send: {smtp: {host: h}, from: a@b}}}}\n");
        SettingsFile.Again again = file.readAgain(running);
        assertThat(again.mail().profiles()).containsOnlyKeys("p");
        assertThat(again.warnings()).isEmpty();
    }

    @Test
    void changeThatNeedsARestartIsOnlyTold() throws IOException {
        Settings running = usable();
        write("version: 1\nlisten: 9000\nstore: sqlite:x\nlimits: {commands: 1}\n");
        assertThat(file.readAgain(running).warnings())
                .extracting(p -> p.id() + p.values().get("where"))
                .containsExactly("EKDB0027-Wlisten", "EKDB0027-Wstore", "EKDB0027-Wlimits");
    }

    @Test
    void fileThatBecameUnreadableTakesTheMailSectionAlong() throws IOException {
        Settings running = usable();
        write("version: 1\nlisten: [\n");
        SettingsFile.Again again = file.readAgain(running);
        assertThat(again.mail().readable()).isFalse();
        assertThat(again.warnings()).extracting(Problem::id).containsExactly("EKDB0001-E");
    }
}
