package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.message.Text;
import ekiden.testing.ChildProcess;
import ekiden.testing.EkidenProcess;
import ekiden.testing.Eventually;
import ekiden.testing.Ports;
import ekiden.testing.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A home, the process on it, and the command line beside it: the built product as an operator meets it. */
final class UpGround implements AutoCloseable {
    static final Duration WITHIN = Duration.ofSeconds(60);

    final Path folder;
    final Path home;
    final int port = Ports.free();
    private @Nullable ChildProcess up;

    /** What a command said and ended with. */
    record Said(int exit, List<String> out, String err) {
        /** Exit code and message, which stand with cause and next step, in English and in Japanese in the catalogue. */
        Said refused(int code, String... ids) {
            assertThat(exit).as(this.toString()).isEqualTo(code);
            for (String id : ids) {
                assertThat(err).contains(id);
                explained(id);
            }
            return this;
        }

        Said done() {
            assertThat(exit).as(this.toString()).isZero();
            return this;
        }

        String text() {
            return String.join("\n", out);
        }
    }

    UpGround(Path folder) {
        this.folder = folder;
        this.home = folder(folder.resolve("home"));
        settings("");
    }

    private static Path folder(Path path) {
        try {
            return Files.isDirectory(path)
                    ? path
                    : Files.createDirectory(
                            path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** A message id has a text, a cause and a next step in both languages. */
    static void explained(String id) {
        for (Locale language : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
            Text text = Catalogue.messages().find(id, language).orElseThrow(() -> new AssertionError("no " + id));
            assertThat(List.of(text.text(), text.cause(), text.next())).as(id).noneMatch(String::isBlank);
        }
    }

    /** Settings with one profile that listens, and whatever else the profile and the file say. */
    UpGround settings(String receive, String... more) {
        return write("home/ekiden.yaml", """
                version: 1
                listen: 127.0.0.1:0
                %s
                mail:
                  profiles:
                    orders:
                      receive: {smtpd: {listen: "127.0.0.1:%d", recipients: [orders@localhost]%s}}
                """.formatted(String.join("\n", more), port, receive));
    }

    UpGround write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
            return this;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    UpGround program(String name, String text) {
        write(name, text);
        try {
            Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return this;
    }

    /** Starts it and waits until it is ready. */
    UpGround start() {
        ChildProcess process = EkidenProcess.of("up", "--home", home.toString()).start();
        up = process;
        process.awaitLine("ready", WITHIN);
        return this;
    }

    ChildProcess up() {
        if (up == null) {
            throw new IllegalStateException("not started");
        }
        return up;
    }

    void kill() {
        up().kill();
    }

    /** Starts it where it shall not start. */
    Said refuses(String... more) {
        List<String> words = new ArrayList<>(List.of("up", "--home", home.toString()));
        words.addAll(List.of(more));
        return run(words);
    }

    /** A command on this home. */
    Said cli(String... words) {
        List<String> all = new ArrayList<>(List.of("--home", home.toString()));
        all.addAll(List.of(words));
        return run(all);
    }

    /** Runs a command on no home of this ground. */
    Said run(List<String> words) {
        try (ChildProcess process =
                EkidenProcess.of(words.toArray(String[]::new)).in(folder).run(WITHIN)) {
            return new Said(
                    process.exit().orElseThrow(),
                    process.lines(ChildProcess.Stream.OUT),
                    String.join("\n", process.lines(ChildProcess.Stream.ERR)));
        }
    }

    /** A definition in {@code NAME.yaml}, defined. */
    UpGround define(String name, String text) {
        write(name + ".yaml", text);
        cli("unit", "define", name + ".yaml").done();
        return this;
    }

    /** Waits until a command says this. */
    String eventually(String part, String... words) {
        String[] last = new String[1];
        Eventually.within(WITHIN, () -> part + " in " + last[0] + up().told(), () -> {
            Said said = cli(words);
            last[0] = said.text() + said.err();
            return last[0].contains(part);
        });
        return last[0];
    }

    /** Waits until the run is over; what {@code run show} says then. */
    String ended(String run, String status) {
        Said watched = cli("run", "watch", run, "--timeout", "60s");
        String shown = cli("run", "show", run).text();
        assertThat(shown).as(watched + up().told()).contains(status);
        return shown;
    }

    /** Delivers; the reply to the end of the data. */
    String deliver(String mail) {
        try (WireClient client = WireClient.connect(port)) {
            return client.deliver("EHLO test", "edi@customer.example", "orders@localhost", mail);
        }
    }

    static String mail(String subject, String body) {
        return "From: edi@customer.example\r\nTo: orders@localhost\r\nSubject: " + subject + "\r\nMessage-ID: <"
                + subject.replace(' ', '-') + "@customer.example>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0900\r\n" + body;
    }

    String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        if (up != null) {
            up.close();
        }
    }
}
