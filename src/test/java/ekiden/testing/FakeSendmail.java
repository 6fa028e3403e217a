package ekiden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A mail command that is a shell script: it keeps what it got in a folder, or does what a fault asks of it. Each of its calls leaves a folder with
 * {@code args} (a line each) and {@code mail}, under its last name only when it is complete.
 */
public final class FakeSendmail {
    /** Takes the mail. */
    public static final String TAKE = "take; exit 0";

    private final Path folder;
    private final Path command;

    /**
     * @param folder an empty folder of its own
     * @param deed shell text; {@code take} in it takes the mail
     */
    public FakeSendmail(Path folder, String deed) {
        this(folder, "sendmail", deed);
    }

    /**
     * @param folder an empty folder of its own
     * @param name of the command
     * @param deed shell text; {@code take} in it takes the mail
     */
    public FakeSendmail(Path folder, String name, String deed) {
        this.folder = folder;
        this.command = folder.resolve(name);
        String text = """
                #!/bin/sh
                echo call >> '%1$s/calls'
                take() {
                  d=$(mktemp -d '%1$s/part-XXXXXX')
                  for a in "$@"; do printf '%%s\\n' "$a"; done > "$d/args"
                  cat > "$d/mail"
                  mv "$d" '%1$s/'mail-"${d##*part-}"
                }
                """.formatted(folder) + deed.replace("take", "take \"$@\"") + "\n";
        try {
            Files.writeString(command, text);
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
        if (!command.toFile().setExecutable(true, false)) {
            throw new AssertionError(command + " cannot be made executable");
        }
    }

    /** {@return the script} */
    public Path command() {
        return command;
    }

    /** {@return how often it was run} */
    public int calls() {
        try {
            Path calls = folder.resolve("calls");
            return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    /** {@return the arguments of each call that took a mail} */
    public List<List<String>> arguments() {
        List<List<String>> all = new ArrayList<>();
        taken().forEach(one -> all.add(lines(one.resolve("args"))));
        return all;
    }

    /** {@return each mail that it took, with envelope sender and recipients, lines ended by CRLF} */
    public List<Delivered> delivered() {
        List<Delivered> all = new ArrayList<>();
        for (Path one : taken()) {
            List<String> words = lines(one.resolve("args"));
            int recipients = words.indexOf("--");
            String sender = words.get(words.indexOf("-f") + 1);
            String mail = text(one.resolve("mail")).replace("\n", "\r\n");
            all.add(new Delivered(sender, words.subList(recipients + 1, words.size()), mail));
        }
        return all;
    }

    private List<Path> taken() {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder, "mail-*")) {
            folders.forEach(all::add);
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
        Collections.sort(all);
        return all;
    }

    private static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }
}
