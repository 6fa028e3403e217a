package ekiden.testing.fuzz;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What earlier runs have found worth keeping, thousands of small inputs in one file: for each its name and its bytes, both with their lengths before
 * them, until the end.
 */
final class FuzzCorpus {
    private static final int LONGEST = 1_000_000;

    private FuzzCorpus() {}

    /** Puts what a file holds beside what the folder has. */
    static int unpack(Path file, Path folder) throws IOException {
        int count = 0;
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))))) {
            int length = in.readInt();
            while (length >= 0) {
                String name = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
                Files.write(folder.resolve(name), in.readNBytes(in.readInt()));
                count++;
                length = in.readInt();
            }
        }
        return count;
    }

    /** Writes all of a folder into a file, in the order of the names. */
    static int pack(Path folder, Path file) throws IOException {
        List<Path> inputs;
        try (Stream<Path> files = Files.list(folder)) {
            inputs = files.filter(Files::isRegularFile).sorted().toList();
        }
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file))))) {
            for (Path input : inputs) {
                byte[] bytes = Files.readAllBytes(input);
                if (bytes.length <= LONGEST) {
                    put(out, input.getFileName().toString().getBytes(StandardCharsets.US_ASCII));
                    put(out, bytes);
                }
            }
            out.writeInt(-1);
        }
        return inputs.size();
    }

    private static void put(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
