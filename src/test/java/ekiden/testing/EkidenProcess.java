package ekiden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts the built product, {@code ./ekiden ARGUMENTS}, as its users do. The launcher becomes the virtual machine, so the
 * process id is the product's own. Wants the jar of the present classes: {@code ./dev test} and {@code ./dev it} build it.
 */
public final class EkidenProcess {
    private static final Duration PREPARED_WITHIN = Duration.ofMinutes(3);
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path LOCK = ROOT.resolve("target/tests.lock");
    private static boolean prepared;

    private final List<String> arguments;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path directory = ROOT;

    private EkidenProcess(List<String> arguments) {
        this.arguments = arguments;
        // Never the home of the person who runs the tests.
        environment.put("EKIDEN_HOME", "/nonexistent/ekiden-home");
    }

    /**
     * @param arguments the command line behind {@code ekiden}
     * @return what to start
     */
    public static EkidenProcess of(String... arguments) {
        return new EkidenProcess(List.of(arguments));
    }

    /** Its home folder. {@return this} */
    public EkidenProcess home(Path home) {
        return environment("EKIDEN_HOME", home.toString());
    }

    /** One more variable of its environment. {@return this} */
    public EkidenProcess environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** The folder it is started in; the root of the repository otherwise. {@return this} */
    public EkidenProcess in(Path folder) {
        directory = folder;
        return this;
    }

    /** Starts it. {@return the running process} */
    public ChildProcess start() {
        prepare();
        return launch();
    }

    /**
     * Runs it to its end, whatever its exit code.
     *
     * @param deadline how long at most
     * @return the ended process
     */
    public ChildProcess run(Duration deadline) {
        ChildProcess child = start();
        try {
            child.awaitExit(deadline);
            return child;
        } catch (AssertionError late) {
            child.kill();
            throw late;
        }
    }

    private ChildProcess launch() {
        List<String> words = new ArrayList<>();
        words.add(ROOT.resolve("ekiden").toString());
        words.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().putAll(environment);
        return ChildProcess.start("ekiden " + String.join(" ", arguments), builder);
    }

    /**
     * The launcher records its cache at the first start: once, before anything is measured or killed. Another start meanwhile
     * would go without the cache, so the other virtual machine with tests waits.
     */
    private static synchronized void prepare() {
        if (prepared) {
            return;
        }
        built();
        try (FileChannel file = FileChannel.open(LOCK, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = file.lock();
                ChildProcess first = of("--help").launch()) {
            first.awaitExit(PREPARED_WITHIN);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        prepared = true;
    }

    private static void built() {
        Path jar = ROOT.resolve("target/ekiden.jar");
        if (!Files.isRegularFile(jar)) {
            throw new AssertionError(
                    jar + " is missing; ./dev test and ./dev it build it, and mvn -Dquick -DskipTests package");
        }
        try (Stream<Path> classes = Files.walk(ROOT.resolve("target/classes"))) {
            FileTime time = Files.getLastModifiedTime(jar);
            classes.filter(Files::isRegularFile)
                    .filter(file -> newer(file, time))
                    .findFirst()
                    .ifPresent(file -> {
                        throw new AssertionError(jar + " is older than " + file
                                + "; build it: ./dev it, or mvn -Dquick -DskipTests package");
                    });
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static boolean newer(Path file, FileTime time) {
        try {
            return Files.getLastModifiedTime(file).compareTo(time) > 0;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
