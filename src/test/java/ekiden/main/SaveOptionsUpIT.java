package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.config.HomePaths;
import ekiden.mail.scan.FakeClamd;
import ekiden.testing.ChildProcess;
import ekiden.testing.EkidenProcess;
import ekiden.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that a definition can say about saving, on the real process: names, list, filter, scanner, modes, and what goes when. */
class SaveOptionsUpIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String DEFINITION = """
            version: 1
            jobnet: /test/orders
            start:
              receive-mail:
                profile: orders
                from: [edi@customer.example]
                subject: [order]
                save:
                  to: "in/{from}"
                  folder-name: "{subject}"
                  attachment-name: "{run}-{i}.{ext}"
                  reception-list: received.list
                  mode: 640
                  folder-mode: 751
                  filter: {command: [./job.sh, MARKS], timeout: 20s}
                  scan: {clamd: "CLAMD", timeout: 20s}
                  settle: 1s
                  retention: {count: 1}
            overlap: allow
            """;
    /** A filter that writes down what it was told, and makes the second order an evil one. */
    private static final String FILTER = """
            #!/bin/sh
            read -r told
            printf '%s\\n' "$told" >>"$1/told"
            case $told in *'"subject":"order 2"'*) printf EVIL >>"$2" ;; esac
            """;

    @TempDir
    private Path folder;

    @Test
    void whatADefinitionSaysAboutSavingIsDone() throws Exception {
        try (FakeClamd clamd = FakeClamd.tcp(FakeClamd.Script.READS_ALL)) {
            String definition = DEFINITION
                    .replace("CLAMD", clamd.address())
                    .replace("MARKS", folder.resolve("marks").toString());
            KillGround ground = new KillGround(folder, definition, FILTER);
            try (ChildProcess up = EkidenProcess.of("up").home(ground.home).start()) {
                up.awaitLine("ready", SOON);
                RepeatingClient client = new RepeatingClient(ground.port);
                Path files = new HomePaths(ground.home).files().resolve("test/orders");
                Path in = files.resolve("in/edi@customer.example");
                for (int order = 1; order <= 3; order++) {
                    Path saved = in.resolve("order " + order);
                    client.send(RepeatingClient.Mail.of(order, 1_000, 2_000), SOON);
                    Eventually.within(SOON, up::told, () -> Files.exists(saved));
                }
                saved(in, clamd);
                assertThat(files.resolve("received.list"))
                        .content()
                        .matches("(?s)(SENDER: edi@customer\\.example\\nDATE: [^\\n]*\\nSUBJECT: order [123]\\n){3}");
                assertThat(Files.readString(folder.resolve("marks/told")))
                        .contains("\"job\":\"start\"", "\"name\":\"order.bin\"");
                pruned(ground, in);
            }
        }
    }

    private static void saved(Path in, FakeClamd clamd) throws IOException {
        assertThat(clamd.scanned).hasSize(3);
        Path first = in.resolve("order 1/1-1.bin");
        assertThat(first).hasSize(RepeatingClient.Mail.of(1, 1_000, 2_000).attachment().length);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first)))
                .isEqualTo("rw-r-----");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(in.resolve("order 1"))))
                .isEqualTo("rwxr-x--x");
        assertThat(in.resolve("order 2/2-1.bin")).doesNotExist();
        assertThat(in.resolve("order 2/attachments.list"))
                .content()
                .contains("Files: 1", "because the virus scanner refused it");
        assertThat(in.resolve("order 2/mail.json")).content().contains("EKDM0291-W");
        assertThat(in.resolve("order 3/3-1.bin")).exists();
    }

    /** The newest one stays; a file that somebody put there stays too. */
    private static void pruned(KillGround ground, Path in) throws IOException {
        Files.writeString(in.resolve("order 1/notes.txt"), "mine");
        Eventually.within(SOON, () -> prune(ground, "--dry-run").size() == 2);
        assertThat(prune(ground, "--dry-run")).allMatch(line -> line.contains("\"why\":\"COUNT\""));
        assertThat(in.resolve("order 2")).exists();
        assertThat(prune(ground)).hasSize(2);
        Eventually.within(SOON, () -> !Files.exists(in.resolve("order 2")));
        Eventually.within(SOON, () -> !Files.exists(in.resolve("order 1/1-1.bin")));
        assertThat(in.resolve("order 1/notes.txt")).hasContent("mine");
        assertThat(in.resolve("order 3/3-1.bin")).exists();
        Eventually.within(SOON, () -> prune(ground, "--dry-run").isEmpty());
    }

    private static List<String> prune(KillGround ground, String... more) {
        String[] words = new String[3 + more.length];
        words[0] = "mail";
        words[1] = "prune";
        words[2] = "--json";
        System.arraycopy(more, 0, words, 3, more.length);
        ChildProcess call = EkidenProcess.of(words).home(ground.home).run(SOON);
        return call.lines().stream().filter(line -> line.startsWith("{")).toList();
    }
}
