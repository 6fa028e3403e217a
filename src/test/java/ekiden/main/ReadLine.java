package ekiden.main;

import ekiden.base.Problem;
import ekiden.cli.CommandSet;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What {@code mail read} printed for a file, and what it told. */
record ReadLine(String json, @Nullable Problem problem) {
    static ReadLine of(ReadMailCommand command, Path file, String shown, CommandSet.ReadOptions options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
        Problem problem = command.read(file, shown, options, stream);
        stream.flush();
        return new ReadLine(out.toString(StandardCharsets.UTF_8), problem);
    }
}
