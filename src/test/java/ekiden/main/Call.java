package ekiden.main;

import ekiden.base.SystemClock;
import ekiden.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** A terminal that remembers what was written on it. */
final class Call {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Path folder;

    Call(Path folder) {
        this.folder = folder;
    }

    Terminal terminal() {
        return new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("PASSWORD", "secret"),
                folder,
                folder,
                () -> ZoneId.of("Asia/Tokyo"),
                new SystemClock(),
                time -> true,
                () -> 0,
                () -> 0);
    }

    List<String> out() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
