package ekiden.config;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import java.io.File;
import java.io.IOException;
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
            System.out.println(held ? "held" : "refused");
            int end = System.in.read();
            System.out.println(end);
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
