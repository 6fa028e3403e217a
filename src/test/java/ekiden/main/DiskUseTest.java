package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.config.HomePaths;
import ekiden.http.StoredBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a home, by kind. */
class DiskUseTest {
    @TempDir
    private Path folder;

    private void put(String name, int bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, new byte[bytes]);
    }

    @Test
    void bytesAreCountedByKindAndLinksAreNotFollowed() throws IOException {
        HomePaths paths = new HomePaths(folder);
        assertThat(DiskUse.of(paths)).as("nothing yet").isEqualTo(new StoredBytes.Use(0, 0, 0, 0, true));
        put("spool/a.mail", 10);
        put("spool/quarantine/b.mail", 5);
        put("files/sales/orders/1-start/body.txt", 100);
        put("attempts/x/output", 7);
        put("reports/r.json", 3);
        put("elsewhere/large", 100_000);
        Files.createSymbolicLink(folder.resolve("files/link"), folder.resolve("elsewhere"));
        Files.write(paths.database(), new byte[20]);
        StoredBytes.Use use = DiskUse.of(paths);
        assertThat(use.spool()).isEqualTo(15);
        assertThat(use.files()).isBetween(100L, 1_000L);
        assertThat(use.attempts()).isEqualTo(7);
        assertThat(use.journal()).isEqualTo(23);
        assertThat(use.whole()).isTrue();
    }
}
