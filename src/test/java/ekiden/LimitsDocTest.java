package ekiden;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.agent.AgentSettings;
import ekiden.base.Problem;
import ekiden.http.client.ClientSettings;
import ekiden.mail.receive.smtpd.SmtpdSettings;
import ekiden.manager.ManagerSettings;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/limits.md} names every limit of the code with its default and says what happens beyond it. Where it differs, a
 * page with the names and values of the code lies in {@code target/limits.md}; its words are kept, what is new has none.
 */
class LimitsDocTest {
    private static final Path PAGE = Path.of("docs", "limits.md");
    private static final Pattern CLASS = Pattern.compile("ekiden/([\\w/]+(Limits|Settings|Timeouts))\\.class");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| ([^|]*) \\| ?(.*?) ?\\|");

    /** Records whose defaults are not a constant of theirs named DEFAULT. */
    private static final Map<Class<?>, Object> DEFAULTS = Map.of(
            AgentSettings.class, AgentSettings.defaults(Path.of("/home")),
            ManagerSettings.class, ManagerSettings.defaults("local", Path.of("/files"), Path.of("/attempts")),
            ClientSettings.class, ClientSettings.defaults(Locale.ROOT),
            SmtpdSettings.class, SmtpdSettings.loopback(0, Map.of()));

    @Test
    void pageHasEveryLimitWithItsDefault() throws IOException {
        Map<String, Map<String, String>> code = limits();
        assertThat(code).isNotEmpty();
        String present = Files.readString(PAGE, StandardCharsets.UTF_8);
        Map<String, Map<String, String>> page = new TreeMap<>();
        sections(present).forEach((title, lines) -> page.put(title, values(lines)));
        page.values().removeIf(Map::isEmpty);
        if (!page.equals(code)) {
            Files.writeString(Path.of("target", "limits.md"), renewed(present, code), StandardCharsets.UTF_8);
        }
        assertThat(page).as("docs/limits.md against target/limits.md").isEqualTo(code);
    }

    @Test
    void everyLimitHasItsWords() throws IOException {
        List<String> silent = Files.readAllLines(PAGE, StandardCharsets.UTF_8).stream()
                .filter(line -> {
                    Matcher row = ROW.matcher(line);
                    return row.matches() && row.group(3).isBlank();
                })
                .toList();
        assertThat(silent).isEmpty();
    }

    private static Map<String, Map<String, String>> limits() throws IOException {
        Map<String, Map<String, String>> all = new TreeMap<>();
        Path classes = classes();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.toList()) {
                Matcher name = CLASS.matcher(classes.relativize(file).toString());
                if (name.matches()) {
                    String title = name.group(1).replace('/', '.');
                    all.put("`" + title + "`", limits(type("ekiden." + title)));
                }
            }
        }
        all.values().removeIf(Map::isEmpty);
        return all;
    }

    private static Path classes() {
        try {
            return Path.of(Problem.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Numbers and durations of a record's default instance, then those that are constants. */
    private static Map<String, String> limits(Class<?> type) {
        Map<String, String> found = new TreeMap<>();
        if (type.isRecord()) {
            Object instance = DEFAULTS.getOrDefault(type, constants(type).get("DEFAULT"));
            for (RecordComponent component : type.getRecordComponents()) {
                if (counts(component.getType()) && !component.getName().equals("port")) {
                    assertThat(instance)
                            .as("defaults of " + type.getName() + ": a constant DEFAULT, or a line in this test")
                            .isNotNull();
                    found.put(component.getName(), shown(value(component, instance)));
                }
            }
        }
        constants(type).forEach((name, value) -> {
            if (counts(value.getClass()) && !name.equals("DEFAULT_MAX_SIZE")) {
                found.put(name, shown(value));
            }
        });
        return found;
    }

    private static boolean counts(Class<?> type) {
        return type == int.class
                || type == long.class
                || type == Integer.class
                || type == Long.class
                || type == Duration.class;
    }

    private static Object value(RecordComponent component, @Nullable Object instance) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(instance);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, Object> constants(Class<?> type) {
        Map<String, Object> found = new TreeMap<>();
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && !Modifier.isPrivate(field.getModifiers())) {
                try {
                    field.setAccessible(true);
                    found.put(field.getName(), field.get(null));
                } catch (IllegalAccessException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }
        return found;
    }

    private static String shown(Object value) {
        return value instanceof Duration time ? time(time) : number(((Number) value).longValue());
    }

    private static String time(Duration time) {
        Map<String, Long> units = new LinkedHashMap<>();
        units.put("d", 86_400_000L);
        units.put("h", 3_600_000L);
        units.put("min", 60_000L);
        units.put("s", 1_000L);
        for (Map.Entry<String, Long> unit : units.entrySet()) {
            if (time.toMillis() >= unit.getValue() && time.toMillis() % unit.getValue() == 0) {
                return time.toMillis() / unit.getValue() + " " + unit.getKey();
            }
        }
        return time.toMillis() + " ms";
    }

    private static String number(long number) {
        String plain = String.format(Locale.ROOT, "%,d", number);
        List<String> units = List.of("", "KiB", "MiB", "GiB");
        int unit = 0;
        long left = number;
        while (left >= 1024 && left % 1024 == 0 && unit < units.size() - 1) {
            left /= 1024;
            unit++;
        }
        return unit == 0 ? plain : plain + " (" + left + " " + units.get(unit) + ")";
    }

    /** Second-level heading → lines below it; what stands before the first has the empty heading. */
    private static Map<String, List<String>> sections(String page) {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        String title = "";
        sections.put(title, new ArrayList<>());
        for (String line : page.lines().toList()) {
            if (line.startsWith("## ")) {
                title = line.substring(3);
                sections.put(title, new ArrayList<>());
            } else {
                sections.computeIfAbsent(title, none -> new ArrayList<>()).add(line);
            }
        }
        return sections;
    }

    private static Map<String, String> values(List<String> lines) {
        Map<String, String> values = new TreeMap<>();
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                values.put(row.group(1), row.group(2).strip());
            }
        }
        return values;
    }

    private static String renewed(String present, Map<String, Map<String, String>> code) {
        Map<String, List<String>> sections = sections(present);
        code.keySet().forEach(title -> sections.putIfAbsent(title, List.of("")));
        StringBuilder page = new StringBuilder();
        sections.forEach((title, lines) -> {
            page.append(title.isEmpty() ? "" : "## " + title + "\n");
            Map<String, String> limits = code.getOrDefault(title, Map.of());
            if (limits.isEmpty()) {
                lines.stream()
                        .filter(line -> !ROW.matcher(line).matches())
                        .forEach(line -> page.append(line).append('\n'));
            } else {
                table(lines, limits, page);
            }
        });
        return page.toString();
    }

    /** The words before the table, the table, the words behind it. */
    private static void table(List<String> lines, Map<String, String> limits, StringBuilder page) {
        Map<String, String> words = new TreeMap<>();
        List<String> order = new ArrayList<>();
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                words.put(row.group(1), row.group(3));
                order.add(row.group(1));
            }
        }
        limits.keySet().stream().filter(name -> !order.contains(name)).forEach(order::add);
        lines.stream()
                .takeWhile(line -> !line.startsWith("|"))
                .forEach(line -> page.append(line).append('\n'));
        page.append("| limit | default | beyond it |\n|---|---|---|\n");
        order.stream()
                .filter(limits::containsKey)
                .forEach(name -> page.append("| `")
                        .append(name)
                        .append("` | ")
                        .append(limits.get(name))
                        .append(" | ")
                        .append(words.getOrDefault(name, ""))
                        .append(" |\n"));
        List<String> behind = lines.stream()
                .dropWhile(line -> !line.startsWith("|"))
                .dropWhile(line -> line.startsWith("|"))
                .toList();
        behind.forEach(line -> page.append(line).append('\n'));
        page.append(behind.isEmpty() ? "\n" : "");
    }
}
