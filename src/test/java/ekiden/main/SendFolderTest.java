package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SendFolderTest {
    @TempDir
    private Path place;

    private SendFolder make() throws IOException {
        return SendFolder.make(place, new SystemClock());
    }

    private Path ofAnother(String name, boolean lock) throws IOException {
        Path folder = Files.createDirectory(place.resolve(name));
        if (lock) {
            Files.createFile(folder.resolve("in-use"));
        }
        return folder;
    }

    private List<Path> there() throws IOException {
        try (Stream<Path> all = Files.list(place)) {
            return all.toList();
        }
    }

    @Test
    void whatAKilledCallLeftGoesWithTheNextOne() throws IOException {
        Path left = ofAnother("ekiden-send-1", true);
        Files.writeString(left.resolve("send-1.eml"), "Subject: secret");
        Path other = ofAnother("else-1", true);
        try (SendFolder folder = make()) {
            assertThat(left).doesNotExist();
            assertThat(other).exists();
            assertThat(folder.path()).exists();
        }
        assertThat(there()).containsExactly(other);
    }

    @Test
    void theFolderOfACallThatRunsStays() throws IOException {
        try (SendFolder running = make()) {
            Path mail = Files.writeString(running.path().resolve("send-1.eml"), "Subject: 1");
            make().close();
            assertThat(mail).exists();
        }
    }

    @Test
    void aFolderThatIsJustBeingMadeStaysAndAnOldEmptyOneGoes() throws IOException {
        Path young = ofAnother("ekiden-send-young", false);
        Path old = ofAnother("ekiden-send-old", false);
        Path full = ofAnother("ekiden-send-full", false);
        Files.writeString(full.resolve("mine"), "text");
        FileTime before =
                FileTime.from(new SystemClock().now().minus(SendFolder.YOUNG).minusSeconds(60));
        Files.setLastModifiedTime(old, before);
        Files.setLastModifiedTime(full, before);
        make().close();
        assertThat(young).exists();
        assertThat(old).doesNotExist();
        assertThat(full).exists();
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path mine = ofAnother("mine", true);
        Path link = Files.createSymbolicLink(place.resolve("ekiden-send-link"), mine);
        make().close();
        assertThat(link).exists();
        assertThat(mine.resolve("in-use")).exists();
    }

    @Test
    void noMoreThanTheLimitGoAtOnce() throws IOException {
        for (int i = 0; i <= SendFolder.REMOVED; i++) {
            ofAnother("ekiden-send-" + i, true);
        }
        make().close();
        assertThat(there()).hasSize(1);
        make().close();
        assertThat(there()).isEmpty();
    }
}
