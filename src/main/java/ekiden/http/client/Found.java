package ekiden.http.client;

import ekiden.base.HostPort;
import ekiden.base.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the process on a home listens, and its token; or why that is not known. */
sealed interface Found {
    /** It runs. */
    record Running(HostPort address, String token) implements Found {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** It does not, or its files cannot be read. */
    record Missing(ApiProblem problem) implements Found {}

    static Found of(Path tokenFile, Path addressFile) {
        Path home = Optional.ofNullable(addressFile.getParent()).orElse(addressFile);
        try {
            List<String> lines = Files.readAllLines(addressFile, StandardCharsets.UTF_8);
            Optional<HostPort> address = lines.isEmpty() ? Optional.empty() : HostPort.parse(lines.getFirst(), "");
            if (address.isEmpty() || lines.size() < 2 || !lines.get(1).matches("[0-9]{1,18}")) {
                return missing(ClientMessage.BAD_ADDRESS, "file", addressFile);
            }
            if (ProcessHandle.of(Long.parseLong(lines.get(1))).isEmpty()) {
                return missing(ClientMessage.GONE, "home", home);
            }
            return token(tokenFile, reachable(address.get()));
        } catch (NoSuchFileException none) {
            return missing(ClientMessage.NOT_RUNNING, "home", home);
        } catch (IOException wrong) {
            return missing(ClientMessage.BAD_ADDRESS, "file", addressFile);
        }
    }

    /** A server that listens on all addresses is reached on this machine's own. */
    private static HostPort reachable(HostPort address) {
        return switch (address.host()) {
            case "0.0.0.0" -> new HostPort("127.0.0.1", address.port());
            case "::" -> new HostPort("::1", address.port());
            default -> address;
        };
    }

    private static Found token(Path file, HostPort address) {
        try {
            return new Running(
                    address, Files.readString(file, StandardCharsets.ISO_8859_1).strip());
        } catch (NoSuchFileException none) {
            return missing(ClientMessage.NO_TOKEN, "file", file, "reason", Reason.of(none));
        } catch (IOException wrong) {
            return missing(ClientMessage.NO_TOKEN, "file", file, "reason", Reason.of(wrong));
        }
    }

    private static Missing missing(ClientMessage message, Object... values) {
        return new Missing(ApiProblem.own(message, values));
    }
}
