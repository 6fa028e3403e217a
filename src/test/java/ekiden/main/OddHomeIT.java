package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.ChildProcess;
import ekiden.testing.EkidenProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Homes below folders whose names mean something elsewhere: to a shell, to a template, in Windows. */
class OddHomeIT {
    @TempDir
    private Path folder;

    private Path below(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"back\\slash", "a ${start.from} b", "quote'd \"$HOME\" `x`", "注文 書"})
    void jobRunsBelowAnOddFolder(String name) throws IOException {
        Path odd = below(name);
        try (UpGround ground = new UpGround(odd)) {
            ground.program("load.sh", "#!/bin/sh\ncat \"$1\"\npwd\n").write("load.yaml", """
                    version: 1
                    jobnet: /load
                    start: {receive-mail: {profile: orders, subject: [order]}}
                    jobs: {load: {command: [./load.sh, "${start.body}"]}}
                    """);
            ground.start();
            ground.cli("unit", "define", odd.resolve("load.yaml").toString()).done();
            assertThat(ground.deliver(UpGround.mail("order", "\r\nthe text\r\n")))
                    .startsWith("250");
            ground.eventually("Ended normally", "run", "list");
            assertThat(ground.cli("run", "log", "load#1").done().text())
                    .contains("the text")
                    .contains(odd.toString());
        }
    }

    /** What stands in a place or a condition is no template of the temporary unit. */
    @Test
    void waitThroughAHomeTakesDollarsAndBracesAsTheyAre() throws IOException {
        Path odd = below("a ${start.from} b");
        try (UpGround ground = new UpGround(odd)) {
            ground.start();
            Path out = odd.resolve("out");
            try (ChildProcess wait = EkidenProcess.of(
                            "mail",
                            "wait",
                            "--home",
                            ground.home.toString(),
                            "--profile",
                            "orders",
                            "--state",
                            odd.resolve("state").toString(),
                            "--subject",
                            "cost ${x}",
                            "--save",
                            out.toString())
                    .start()) {
                wait.awaitLine("READY", UpGround.WITHIN);
                assertThat(ground.deliver(UpGround.mail("cost x", "\r\nno\r\n")))
                        .startsWith("250");
                assertThat(ground.deliver(UpGround.mail("the cost ${x}", "\r\nyes\r\n")))
                        .startsWith("250");
                assertThat(wait.awaitExit(UpGround.WITHIN)).as(wait.told()).isZero();
                assertThat(wait.told()).contains("the cost ${x}");
            }
            assertThat(Files.walk(ground.home.resolve("files")).filter(Files::isRegularFile))
                    .isEmpty();
        }
    }
}
