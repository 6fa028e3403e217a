package ekiden.http;

import ekiden.base.HostPort;
import ekiden.base.LazyLogger;
import ekiden.base.Reason;
import ekiden.base.Result;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file that tells the command line where the API listens: host and port, and on the second line the process id, so that
 * what a killed process left behind is known for that and no token is sent to whoever has the port now.
 */
final class ApiAddress {
    private static final Logger LOG = LazyLogger.of(ApiAddress.class);

    private ApiAddress() {}

    static Result<HostPort> write(Path file, HostPort address) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, text(address), StandardCharsets.UTF_8);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return Result.ok(address);
        } catch (IOException wrong) {
            return Result.failed(ApiMessage.ADDRESS_FILE, "file", file, "reason", Reason.of(wrong));
        }
    }

    private static String text(HostPort address) {
        return address + "\n" + ProcessHandle.current().pid() + "\n";
    }

    /** Removes the file where it is still ours. */
    static void remove(Path file, HostPort address) {
        try {
            if (Files.exists(file)
                    && Files.readString(file, StandardCharsets.UTF_8).equals(text(address))) {
                Files.delete(file);
            }
        } catch (IOException left) {
            LOG.log(Level.DEBUG, "the address file is left", left);
        }
    }
}
