package ekiden.config;

import ekiden.base.CallerLocale;
import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.mail.profile.Secret;
import ekiden.mail.profile.SecretSource;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Finds the value of a secret at the moment it is needed, so that a changed password heals without a restart. Nothing of a value, and
 * nothing a command wrote, ever reaches a problem. Safe from any thread; a command blocks the caller up to its limit.
 */
public final class SecretReader {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final HomePaths home;
    private final Map<String, String> environment;
    private final Clock clock;
    private final SecretLimits limits;

    /**
     * @param home relative files are taken from here, commands run here
     * @param environment of the process
     * @param clock counts the time of commands
     * @param limits bounds
     */
    public SecretReader(HomePaths home, Map<String, String> environment, Clock clock, SecretLimits limits) {
        this.home = home;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.limits = limits;
    }

    /**
     * @param source where it comes from
     * @return its value now, or why there is none
     */
    public Result<Secret> read(SecretSource source) {
        return switch (source) {
            case SecretSource.FromFile(String path) -> file(path);
            case SecretSource.FromEnvironment(String variable) -> variable(variable);
            case SecretSource.FromCommand(List<String> command) -> command(command);
        };
    }

    /**
     * Looks at what a secret's source should not be like. Reads no value.
     *
     * @param source where it comes from
     * @return a warning where others can read or change its file, otherwise nothing
     */
    public List<Problem> warnings(SecretSource source) {
        if (!(source instanceof SecretSource.FromFile(String path))) {
            return List.of();
        }
        try {
            Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
            open.retainAll(Files.getPosixFilePermissions(home.folder().resolve(path)));
            return open.isEmpty() ? List.of() : List.of(Problem.of(SettingsMessage.SECRET_OPEN, "path", path));
        } catch (IOException | UnsupportedOperationException | InvalidPathException unknown) {
            // What cannot be looked at is told when it is read; Windows has no such permissions.
            return List.of();
        }
    }

    private Result<Secret> file(String path) {
        try (InputStream in = Files.newInputStream(home.folder().resolve(path))) {
            return secret(in.readNBytes(limits.bytes() + 1), path);
        } catch (IOException | InvalidPathException unreadable) {
            return Result.failed(SettingsMessage.SECRET_FILE, "path", path, "reason", Reason.of(unreadable));
        }
    }

    private Result<Secret> variable(String variable) {
        String value = environment.get(variable);
        return value == null
                ? Result.failed(SettingsMessage.SECRET_ENVIRONMENT, "variable", variable)
                : secret(value.getBytes(StandardCharsets.UTF_8), variable);
    }

    private Result<Secret> command(List<String> command) {
        String program = command.getFirst();
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(home.folder().toFile())
                    .redirectInput(Redirect.from(nothing()))
                    .redirectError(Redirect.DISCARD);
            CallerLocale.restore(builder.environment());
            process = builder.start();
        } catch (IOException notStarted) {
            return Result.failed(SettingsMessage.SECRET_COMMAND, "program", program, "code", "-");
        }
        try {
            return output(process, program);
        } catch (IOException broken) {
            return Result.failed(SettingsMessage.SECRET_COMMAND, "program", program, "code", "-");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Result.failed(SettingsMessage.SECRET_TIMEOUT, "program", program, "limit", seconds());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static File nothing() {
        boolean windows = File.separatorChar == '\\';
        return new File(windows ? "NUL" : "/dev/null");
    }

    /** Reads only what is there already: a grandchild that keeps the pipe open must not hold the caller. */
    private Result<Secret> output(Process process, String program) throws IOException, InterruptedException {
        long begin = clock.nanos();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        InputStream in = process.getInputStream();
        boolean ended = false;
        while (!ended) {
            ended = process.waitFor(limits.pause().toMillis(), TimeUnit.MILLISECONDS);
            int there = Math.min(in.available(), limits.bytes() + 1 - bytes.size());
            bytes.write(in.readNBytes(there));
            if (bytes.size() > limits.bytes()) {
                return Result.failed(SettingsMessage.SECRET_TOO_LARGE, "source", program, "limit", limits.bytes());
            }
            if (!ended && clock.nanos() - begin > limits.time().toNanos()) {
                return Result.failed(SettingsMessage.SECRET_TIMEOUT, "program", program, "limit", seconds());
            }
        }
        return process.exitValue() == 0
                ? secret(bytes.toByteArray(), program)
                : Result.failed(SettingsMessage.SECRET_COMMAND, "program", program, "code", process.exitValue());
    }

    private String seconds() {
        return limits.time().toSeconds() + " s";
    }

    private Result<Secret> secret(byte[] bytes, String source) {
        if (bytes.length > limits.bytes()) {
            return Result.failed(SettingsMessage.SECRET_TOO_LARGE, "source", source, "limit", limits.bytes());
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.endsWith("\n") ? text.length() - 1 : text.length();
        end = end > 0 && end < text.length() && text.charAt(end - 1) == '\r' ? end - 1 : end;
        return end == 0
                ? Result.failed(SettingsMessage.SECRET_EMPTY, "source", source)
                : Result.ok(new Secret(text.substring(0, end)));
    }
}
