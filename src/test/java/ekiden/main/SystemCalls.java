package ekiden.main;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log of {@code strace -f} read as a list of finished calls, in the order in which they returned, each with the path behind its
 * descriptor at that time. Calls that were interrupted in the log ({@code <unfinished ...>}) are put together again.
 */
final class SystemCalls {
    /**
     * One call.
     *
     * @param name for example {@code fsync}
     * @param path the file behind its descriptor, or the path it names; empty where unknown
     * @param text the whole call as logged
     */
    record Call(String name, String path, String text) {}

    private static final Pattern LINE = Pattern.compile("^(\\d+) +(.*)$");
    private static final Pattern RESUMED = Pattern.compile("^<\\.\\.\\. (\\w+) resumed>(.*)$");
    private static final Pattern CALL = Pattern.compile("^(\\w+)\\((.*)$");
    private static final Pattern OPENED = Pattern.compile("^openat\\([^,]+, \"([^\"]*)\".* = (\\d+)$");
    private static final Pattern DESCRIPTOR = Pattern.compile("^\\w+\\((\\d+)[,)<]?.*");
    private static final Pattern NAMED = Pattern.compile("^\\w+\\(\"([^\"]*)\".*");

    private final List<Call> calls = new ArrayList<>();
    private final Map<String, String> unfinished = new HashMap<>();
    private final Map<Integer, String> paths = new HashMap<>();

    private SystemCalls() {}

    static List<Call> read(Path log) throws IOException {
        SystemCalls reading = new SystemCalls();
        for (String line : Files.readAllLines(log, StandardCharsets.ISO_8859_1)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                reading.line(matcher.group(1), matcher.group(2));
            }
        }
        return reading.calls;
    }

    private void line(String thread, String text) {
        Matcher resumed = RESUMED.matcher(text);
        if (text.endsWith("<unfinished ...>")) {
            unfinished.put(
                    thread,
                    text.substring(0, text.length() - "<unfinished ...>".length())
                            .stripTrailing());
        } else if (resumed.matches()) {
            call(unfinished.remove(thread) + resumed.group(2));
        } else {
            call(text);
        }
    }

    private void call(String text) {
        Matcher call = CALL.matcher(text);
        if (!call.matches()) {
            return;
        }
        Matcher opened = OPENED.matcher(text);
        if (opened.matches()) {
            paths.put(Integer.parseInt(opened.group(2)), opened.group(1));
        }
        calls.add(new Call(call.group(1), path(text), text));
    }

    private String path(String text) {
        Matcher named = NAMED.matcher(text);
        if (named.matches()) {
            return named.group(1);
        }
        Matcher descriptor = DESCRIPTOR.matcher(text);
        return descriptor.matches() ? paths.getOrDefault(Integer.parseInt(descriptor.group(1)), "") : "";
    }
}
