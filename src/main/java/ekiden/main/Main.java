package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.base.SystemClock;
import ekiden.config.HomePaths;
import java.nio.file.Path;
import java.util.Locale;

/** Entry point of every {@code ekiden} command. */
public final class Main {
    private Main() {}

    /**
     * @param args the command line
     */
    public static void main(String[] args) {
        if (args.length > 2 && args[0].equals("up")) {
            HomePaths paths = HomePaths.locate(Path.of(args[2]), System.getenv(), Path.of(System.getProperty("user.home")));
            ExitCode code = new Up(paths, Locale.ENGLISH, System.out, System.err, new SystemClock()).run();
            System.exit(code.code());
        }
    }
}
