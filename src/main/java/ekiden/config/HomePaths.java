package ekiden.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names in a home folder. Pure: nothing is looked up or made.
 *
 * @param folder the home folder, absolute
 * @param config the settings file instead of the home's own, absolute, or null
 */
public record HomePaths(Path folder, @Nullable Path config) {
    /**
     * A home with its own settings file.
     *
     * @param folder the home folder, absolute
     */
    public HomePaths(Path folder) {
        this(folder, null);
    }

    /**
     * Where the home is: the option, else {@code EKIDEN_HOME}, else {@code .ekiden} in the user's folder.
     *
     * @param option of the command line, or null
     * @param environment of the process
     * @param userFolder the user's own folder
     * @return its names
     */
    public static HomePaths locate(@Nullable Path option, Map<String, String> environment, Path userFolder) {
        String variable = environment.get("EKIDEN_HOME");
        Path folder = option != null
                ? option
                : variable != null && !variable.isBlank() ? Path.of(variable) : userFolder.resolve(".ekiden");
        return new HomePaths(folder.toAbsolutePath().normalize());
    }

    /** {@return the settings} */
    public Path settings() {
        return config == null ? folder.resolve("ekiden.yaml") : config;
    }

    /** {@return the SQLite database where the settings name no other} */
    public Path database() {
        return folder.resolve("ekiden.db");
    }

    /** {@return the lock file with the process id of who uses the home} */
    public Path lock() {
        return folder.resolve("lock");
    }

    /** {@return the id of the home, which its store bears as well} */
    public Path id() {
        return folder.resolve("id");
    }

    /** {@return the API's token} */
    public Path token() {
        return folder.resolve("token");
    }

    /** {@return the address at which the API of the running process listens} */
    public Path address() {
        return folder.resolve("address");
    }

    /** {@return the folder of the trace log} */
    public Path log() {
        return folder.resolve("log");
    }

    /** {@return the spool} */
    public Path spool() {
        return folder.resolve("spool");
    }

    /** {@return the folder for copies of suspect mails that are being opened apart} */
    public Path trials() {
        return folder.resolve("trials");
    }

    /** {@return the folder with one folder per attempt} */
    public Path attempts() {
        return folder.resolve("attempts");
    }

    /** {@return the report queue} */
    public Path reports() {
        return folder.resolve("reports");
    }

    /** {@return the folder below which each jobnet's saved mails and each run's folder lie} */
    public Path files() {
        return folder.resolve("files");
    }

    /** {@return the folder with what {@code mail wait} keeps for each profile} */
    public Path waits() {
        return folder.resolve("wait");
    }

    /** {@return the folder of the files that definitions bring with them} */
    public Path units() {
        return folder.resolve("units");
    }
}
