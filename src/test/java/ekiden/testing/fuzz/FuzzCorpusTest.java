package ekiden.testing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.mime.MimeFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FuzzCorpusTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsPackedComesBackWithItsNames() throws IOException {
        Path from = Files.createDirectory(folder.resolve("from"));
        Path to = Files.createDirectory(folder.resolve("to"));
        Files.write(from.resolve("empty"), new byte[0]);
        Files.write(from.resolve("bytes"), new byte[] {0, -1, 13, 10});
        Path packed = folder.resolve("corpus.gz");
        assertThat(FuzzCorpus.pack(from, packed)).isEqualTo(2);
        assertThat(FuzzCorpus.unpack(packed, to)).isEqualTo(2);
        assertThat(to.resolve("empty")).hasSize(0);
        assertThat(to.resolve("bytes")).hasBinaryContent(new byte[] {0, -1, 13, 10});
    }

    @Test
    void eachTargetHasACorpusThatCanBeRead() throws IOException {
        for (String target : MimeFuzz.TARGETS) {
            Path to = Files.createDirectory(folder.resolve(target));
            int count = FuzzCorpus.unpack(FuzzMain.corpus(target), to);
            try (Stream<Path> files = Files.list(to)) {
                assertThat(files.count()).as(target).isEqualTo(count).isPositive();
            }
        }
    }
}
