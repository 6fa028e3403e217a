package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.ChildProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails that are nothing but text, of the kinds that need most memory, read in the room that the launcher gives {@code mail read}. */
class LargeTextIT {
    private static final int SIZE = 20_000_000;
    private static final Pattern ROOM = Pattern.compile("' mail read '\\*\\) room='([^']+)'");
    private static final Duration WITHIN = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    @Test
    void textOfBytesThatAreNoCharacters() throws IOException {
        assertThat(read("charset=foo", "\u0082\u00a0\u00a4\u00e3\u0081").length())
                .isGreaterThan(1 << 23);
    }

    @Test
    void htmlThatBecomesLongerThanItIs() throws IOException {
        read("html", "<ol><li>");
        read("html", "<blockquote>x\n");
    }

    @Test
    void controlCharactersWhoseJsonIsSixTimesAsLong() throws IOException {
        assertThat(read("", "\u0001").length()).isGreaterThan(6 * (16 << 20));
    }

    @Test
    void millionsOfLinesAndOfFilesInTheText() throws IOException {
        read("", "\r");
        read("", "begin 644 a\n#86)C\n`\nend\n");
    }

    private String read(String kind, String repeated) throws IOException {
        String type = kind.equals("html") ? "text/html" : "text/plain" + (kind.isEmpty() ? "" : "; " + kind);
        String mail = "From: a@b.example\nContent-Type: " + type + "\n\n" + repeated.repeat(SIZE / repeated.length());
        Path file = Files.write(folder.resolve("m.eml"), mail.getBytes(StandardCharsets.ISO_8859_1));
        List<String> call = new ArrayList<>();
        call.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        call.add("-XX:+UseSerialGC");
        call.addAll(room());
        call.addAll(List.of("-cp", System.getProperty("java.class.path"), "ekiden.main.Main", "mail", "read"));
        call.add(file.toString());
        String line = ChildProcess.run("mail read", new ProcessBuilder(call), WITHIN);
        assertThat(line.substring(0, 1000)).contains("\"text\":\"").doesNotContain("\"error\"");
        return line;
    }

    private static List<String> room() throws IOException {
        var room = ROOM.matcher(Files.readString(Path.of("ekiden")));
        assertThat(room.find()).isTrue();
        return List.of(room.group(1).split(" "));
    }
}
