package ekiden.agent.process;

import ekiden.link.Assignment;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a waiting wrapper ({@link WrapperScript}) is told: one group of shell text, which sets folders, environment and the words of the
 * command. A shell executes a group only when it has read its end, so a part of an order is none. Everything that is not ours stands between single quotes, in which a shell expands nothing.
 */
final class WrapperOrder {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** Shells keep these for themselves and refuse to set them, or drop the command with them; {@code env} sets them. */
    private static final Set<String> OF_THE_SHELL = Set.of(
            "_",
            "BASHOPTS",
            "BASH_ARGC",
            "BASH_ARGV",
            "BASH_LINENO",
            "BASH_SOURCE",
            "BASH_VERSINFO",
            "EUID",
            "FUNCNAME",
            "GROUPS",
            "OPTIND",
            "PPID",
            "SHELLOPTS",
            "UID");
    /** Programs see words as the bytes of this encoding. */
    private static final Charset ENCODING = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private WrapperOrder() {}

    /**
     * @param folder the attempt's folder
     * @param command what to execute
     * @param ownPath the agent's own {@code PATH}, for a command that sets none
     * @return the order's bytes
     * @throws IOException when there is no such program, or a word that no program can be given
     */
    static byte[] of(Path folder, Assignment.ExecuteCommand command, String ownPath) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("{\nd=").append(quoted(line(folder.toString())));
        text.append("\nfolder=").append(quoted(command.folder()));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("PATH", ownPath);
        environment.putAll(command.environment());
        StringBuilder set = new StringBuilder();
        StringBuilder words = new StringBuilder();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = name(variable.getKey());
            if (OF_THE_SHELL.contains(name)) {
                words.append(' ').append(quoted(name + "=" + variable.getValue()));
            } else {
                set.append(name).append('=').append(quoted(variable.getValue())).append(' ');
            }
        }
        if (!words.isEmpty()) {
            words.insert(0, " /usr/bin/env");
        }
        words.append(' ').append(quoted(program(command, ownPath)));
        for (String word : command.command().subList(1, command.command().size())) {
            words.append(' ').append(quoted(word));
        }
        text.append("\nset --").append(words);
        text.append("\nprogram() { ").append(set).append("\"$@\" >&7 2>&8 7>&- 8>&-; }\ncomplete=yes\n}\n");
        return text.toString().getBytes(ENCODING);
    }

    /** The shell must not look for it: it would find its own words first, such as {@code test} and {@code exit}. */
    static String program(Assignment.ExecuteCommand command, String ownPath) throws IOException {
        String word = command.command().getFirst();
        if (word.contains("/")) {
            return word;
        }
        Path folder = Path.of(command.folder());
        String path = command.environment().getOrDefault("PATH", ownPath);
        for (String place : path.split(":", -1)) {
            Path file = folder.resolve(place).resolve(word);
            if (Files.isExecutable(file) && Files.isRegularFile(file)) {
                return file.toString();
            }
        }
        throw new FileNotFoundException(word);
    }

    private static String line(String path) throws IOException {
        if (path.indexOf('\n') >= 0) {
            throw new IOException("the attempt's folder has a line break in its name");
        }
        return path;
    }

    private static String name(String variable) throws IOException {
        if (!NAME.matcher(variable).matches()) {
            throw new IOException("a variable that cannot be set: " + variable);
        }
        return variable;
    }

    private static String quoted(String word) throws IOException {
        if (word.indexOf('\0') >= 0) {
            throw new IOException("a word with a NUL character");
        }
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
