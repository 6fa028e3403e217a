package ekiden.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DurableFoldersTest {
    @Test
    void oneMoreThanTheLimitForgetsTheOneThatWasUsedLongestAgo() {
        DurableFolders folders = new DurableFolders(2);
        folders.add(Path.of("/a"));
        folders.add(Path.of("/b"));
        assertThat(folders.contains(Path.of("/a"))).isTrue();
        folders.add(Path.of("/c"));
        assertThat(folders.contains(Path.of("/b"))).isFalse();
        assertThat(folders.contains(Path.of("/a"))).isTrue();
        folders.remove(Path.of("/a"));
        assertThat(folders.contains(Path.of("/a"))).isFalse();
    }
}
