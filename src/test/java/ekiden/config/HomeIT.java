package ekiden.config;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeIT {
    @TempDir
    Path temp;

    /** Takes the home and holds it until it is killed. */
    static final class Holder {
        public static void main(String[] args) throws IOException {
            boolean held = Home.open(new HomePaths(Path.of(args[0]))) instanceof Result.Ok<Home>;
            try (PrintStream out =
                    new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
                out.println(held ? "held" : "refused");
                out.println(System.in.read());
            }
        }
    }

    @Test
    void homeThatAnotherProcessHoldsIsRefusedWithItsProcessIdAndFreeWhenThatIsKilled() throws Exception {
        HomePaths paths = new HomePaths(temp.resolve("home"));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of("target/classes") + File.pathSeparator + Path.of("target/test-classes"),
                Holder.class.getName(),
                paths.folder().toString());
        Process other = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            Problem problem = ((Result.Failed<Home>) Home.open(paths)).problem();
            assertThat(problem.id()).isEqualTo("EKDB0043-E");
            assertThat(problem.values()).containsEntry("pid", Long.toString(other.pid()));
        } finally {
            other.destroyForcibly();
            assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        Result<Home> after = Home.open(paths);
        assertThat(after).isInstanceOf(Result.Ok.class);
        ((Result.Ok<Home>) after).value().close();
    }
}
