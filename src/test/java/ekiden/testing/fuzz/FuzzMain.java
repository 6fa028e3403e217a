package ekiden.testing.fuzz;

import ekiden.mail.mime.MimeFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./dev fuzz [TARGET...] [--seconds N] [--keep]}: Jazzer on one target after the other, each in a process of its own. Begins with the seeds in
 * {@code src/test/resources/fuzz/TARGET} and with what earlier runs made of them ({@code TARGET.gz} beside it); what this one makes is kept in
 * {@code target/fuzz/TARGET}, and with {@code --keep} in {@code TARGET.gz}, too; a finding in {@code target/fuzz}. Ends with 1 where there was one.
 */
public final class FuzzMain {
    private static final Path SEEDS = Path.of("src", "test", "resources", "fuzz");
    private static final Path MAILS = Path.of("src", "test", "resources", "mails", "strange");
    private static final Path KEPT = Path.of("target", "fuzz");
    private static final int SECONDS = 300;

    private FuzzMain() {}

    /**
     * @param arguments targets, and how long for each
     * @throws IOException when a process cannot be started
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> targets = new ArrayList<>();
        int seconds = SECONDS;
        boolean keep = false;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--seconds") && i + 1 < arguments.length) {
                i++;
                seconds = Integer.parseInt(arguments[i]);
            } else if (arguments[i].equals("--keep")) {
                keep = true;
            } else if (MimeFuzz.TARGETS.contains(arguments[i])) {
                targets.add(arguments[i]);
            } else {
                System.err.println(
                        "Usage: ./dev fuzz [TARGET...] [--seconds N] [--keep]; targets: " + MimeFuzz.TARGETS);
                System.exit(2);
            }
        }
        List<String> found = new ArrayList<>();
        for (String target : targets.isEmpty() ? MimeFuzz.TARGETS : targets) {
            if (fuzz(target, seconds) != 0) {
                found.add(target);
            }
            if (keep) {
                FuzzCorpus.pack(KEPT.resolve(target), corpus(target));
            }
        }
        System.out.println(found.isEmpty() ? "fuzz: no finding" : "fuzz: findings in " + found + ", see target/fuzz");
        System.exit(found.isEmpty() ? 0 : 1);
    }

    static Path corpus(String target) {
        return SEEDS.resolve(target + ".gz");
    }

    private static int fuzz(String target, int seconds) throws IOException, InterruptedException {
        Path kept = Files.createDirectories(KEPT.resolve(target));
        FuzzCorpus.unpack(corpus(target), kept);
        List<String> call = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-Dekiden.fuzz.target=" + target,
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=ekiden.mail.mime.MimeFuzz",
                "--instrumentation_includes=ekiden.mail.mime.**",
                "--reproducer_path=" + KEPT,
                "-artifact_prefix=" + KEPT + "/" + target + "-",
                "-max_total_time=" + seconds,
                "-timeout=5",
                "-rss_limit_mb=0",
                "-print_final_stats=1",
                kept.toString(),
                SEEDS.resolve(target).toString()));
        if (target.equals("reader")) {
            call.add(MAILS.toString());
        }
        System.out.println("fuzz: " + target + " for " + seconds + " s");
        return new ProcessBuilder(call).inheritIO().start().waitFor();
    }
}
