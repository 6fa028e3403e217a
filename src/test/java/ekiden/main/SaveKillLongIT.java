package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.config.HomePaths;
import ekiden.json.Json;
import ekiden.testing.ChildProcess;
import ekiden.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process is killed (SIGKILL) while it saves the files of a mail, again and again. After each kill everything that can be seen under its
 * name is whole: each mail's folder as its manifest says, each entry of the reception list, none of them twice. {@code -Dekiden.kill.kills=N} is
 * another number than 200, {@code -Dekiden.kill.seed=N} repeats a seed.
 */
class SaveKillLongIT {
    private static final System.Logger LOG = System.getLogger(SaveKillLongIT.class.getName());
    private static final int KILLS = Integer.getInteger("ekiden.kill.kills", 200);
    private static final int MOST_LIVES = 3 * KILLS;
    private static final int SMALLEST = 10_000;
    private static final int LARGEST = 1_500_000;
    private static final int LONGEST_PAUSE_MILLIS = 60;
    private static final int LINES_OF_AN_ENTRY = 3;
    private static final Duration SAVING_WITHIN = Duration.ofSeconds(30);
    private static final Duration SENT_WITHIN = Duration.ofMinutes(10);

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
                  attachment-name: "{i}-{name}"
                  reception-list: received.list
                  collision: fail
            overlap: allow
            """;

    private final long seed = Long.getLong("ekiden.kill.seed", 20261127);
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    private Path in = Path.of("");
    private Path list = Path.of("");

    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void whateverIsKilledInMidSaveIsWholeOrAbsentAndListedOnce() throws Exception {
        KillGround ground = new KillGround(folder, DEFINITION, "#!/bin/sh\n");
        Path files = new HomePaths(ground.home).files().resolve("test/orders");
        in = files.resolve("in/edi@customer.example");
        list = files.resolve("received.list");
        int kills = 0;
        int lives = 0;
        int open = 0;
        List<Future<Integer>> sent = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            RepeatingClient client = new RepeatingClient(ground.port);
            for (; kills < KILLS && lives < MOST_LIVES; lives++) {
                RepeatingClient.Mail mail = RepeatingClient.Mail.of(lives, SMALLEST, LARGEST);
                sent.add(clients.submit(() -> client.send(mail, SENT_WITHIN)));
                if (killInMidSave(ground)) {
                    kills++;
                }
                open += Files.exists(files) && names(files).stream().anyMatch(name -> name.endsWith(".entry")) ? 1 : 0;
                check();
            }
            finish(ground, sent);
        }
        check();
        assertThat(visible()).as("a folder for each mail").hasSize(sent.size());
        assertThat(entries()).as("an entry for each mail").hasSize(sent.size());
        LOG.log(
                Level.INFO,
                "kill in mid-save: seed {0}, {1} kills in {2} lives, {3} of them in mid-entry, {4} mails",
                seed,
                kills,
                lives,
                open,
                sent.size());
        assertThat(kills).isEqualTo(KILLS);
    }

    /** {@return whether a mail was being saved when the process was killed} */
    private boolean killInMidSave(KillGround ground) {
        try (ChildProcess up = start(ground)) {
            if (Eventually.becomes(SAVING_WITHIN, this::saving)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_PAUSE_MILLIS)));
            }
            up.kill();
        }
        return saving();
    }

    private boolean saving() {
        return names(in).stream().anyMatch(name -> name.endsWith(".part"));
    }

    private static ChildProcess start(KillGround ground) {
        return ChildProcess.start(
                "ekiden up",
                new ProcessBuilder(
                        Path.of("ekiden").toAbsolutePath().toString(), "up", "--home", ground.home.toString()));
    }

    private void finish(KillGround ground, List<Future<Integer>> sent) throws Exception {
        try (ChildProcess last = start(ground)) {
            for (Future<Integer> mail : sent) {
                mail.get(SENT_WITHIN.toMinutes(), TimeUnit.MINUTES);
            }
            Eventually.within(SENT_WITHIN, last::told, () -> visible().size() >= sent.size() && !saving());
            last.kill();
        }
    }

    private void check() throws Exception {
        for (String name : visible()) {
            checkFolder(in.resolve(name));
        }
        assertThat(new HashSet<>(entries())).as("no entry twice").hasSameSizeAs(entries());
    }

    private List<String> visible() {
        return names(in).stream().filter(name -> !name.startsWith(".")).toList();
    }

    @SuppressWarnings("unchecked")
    private static void checkFolder(Path mail) throws Exception {
        Map<String, Object> manifest = Json.readMap(Files.readString(mail.resolve("mail.json")));
        Set<String> known = new HashSet<>(Set.of("mail.json"));
        List<Map<String, Object>> files =
                new ArrayList<>((List<Map<String, Object>>) Objects.requireNonNull(manifest.get("files")));
        files.addAll((List<Map<String, Object>>) Objects.requireNonNull(manifest.get("attachments")));
        for (Map<String, Object> file : files) {
            String name = String.valueOf(file.getOrDefault("savedName", file.get("name")));
            byte[] bytes = Files.readAllBytes(mail.resolve(name));
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
            assertThat(HexFormat.of().formatHex(sha256)).as(mail + " " + name).isEqualTo(file.get("sha256"));
            known.add(name);
        }
        assertThat(known).as(mail.toString()).hasSize(4).isEqualTo(new HashSet<>(names(mail)));
    }

    /** The subjects of the list; each entry must have its three lines. */
    private List<String> entries() throws IOException {
        if (!Files.exists(list)) {
            return List.of();
        }
        String text = Files.readString(list);
        assertThat(text).as("torn").endsWith("\n");
        List<String> lines = text.lines().toList();
        List<String> subjects = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += LINES_OF_AN_ENTRY) {
            assertThat(lines.get(i)).isEqualTo("SENDER: edi@customer.example");
            assertThat(lines.get(i + 1)).matches("DATE: \\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d");
            assertThat(lines.get(i + 2)).matches("SUBJECT: order \\d+");
            subjects.add(lines.get(i + 2));
        }
        return subjects;
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
