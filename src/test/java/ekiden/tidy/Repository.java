package ekiden.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import ekiden.base.MessageId;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of the repository, read once.
 *
 * @param texts text files by path from the root, with slashes; without what the build makes
 * @param sources parsed sources, main and test
 */
public record Repository(Map<String, String> texts, List<Source> sources) {
    private static final Set<String> NOT_OURS =
            Set.of("target", ".git", ".idea", ".vscode", "build", ".jqwik-database");
    private static final Set<String> TEXT =
            Set.of("java", "md", "xml", "sh", "cmd", "properties", "yaml", "yml", "json", "sql", "txt", "toml", "");
    private static final String MAIN = "src/main/java/";
    private static final String CATALOGUE = "src/main/resources/ekiden/message/";

    /** {@return the repository in the working folder of the tests} */
    public static Repository read() {
        Map<String, String> texts = new TreeMap<>();
        walk(Path.of("").toAbsolutePath(), "", texts);
        Map<String, String> java = new TreeMap<>(texts);
        java.keySet().removeIf(path -> !path.endsWith(".java"));
        return new Repository(texts, Source.parse(java));
    }

    /** {@return the sources of the product} */
    public List<Source> main() {
        return sources.stream().filter(source -> source.path().startsWith(MAIN)).toList();
    }

    /** {@return the sources of the tests} */
    public List<Source> tests() {
        return sources.stream()
                .filter(source -> !source.path().startsWith(MAIN))
                .toList();
    }

    /** {@return every constant of every enum that lists messages} */
    public List<MessageId> messageIds() {
        List<MessageId> ids = new ArrayList<>();
        for (Source source : main()) {
            for (Tree type : source.tree().getTypeDecls()) {
                if (type instanceof ClassTree list && list.getKind() == Tree.Kind.ENUM && listsMessages(list)) {
                    constants(source.tree().getPackageName() + "." + list.getSimpleName(), ids);
                }
            }
        }
        return ids;
    }

    /** {@return the catalogue by language and key; a key that stands twice shows up as twice:KEY} */
    public Map<String, Map<String, String>> messageTexts() {
        Map<String, Map<String, String>> byLanguage = new HashMap<>();
        for (String language : Messages.LANGUAGES) {
            Map<String, String> all = new TreeMap<>();
            texts.forEach((path, text) -> {
                if (path.startsWith(CATALOGUE) && path.endsWith("_" + language + ".properties")) {
                    load(text).forEach((key, value) -> putOnce(all, key, value));
                }
            });
            byLanguage.put(language, all);
        }
        return byLanguage;
    }

    private static boolean listsMessages(ClassTree list) {
        return list.getImplementsClause().stream()
                .anyMatch(type -> type.toString().endsWith("MessageId"));
    }

    private static void constants(String name, List<MessageId> ids) {
        try {
            for (Object constant : Class.forName(name).getEnumConstants()) {
                ids.add((MessageId) constant);
            }
        } catch (ClassNotFoundException notCompiled) {
            throw new IllegalStateException("the sources are newer than the classes", notCompiled);
        }
    }

    /** Reads properties so that a key that stands twice in one file stays visible. */
    static Map<String, String> load(String text) {
        Map<String, String> read = new TreeMap<>();
        Properties seen = new Properties() {
            private static final long serialVersionUID = 1;

            @Override
            public synchronized Object put(Object key, Object value) {
                putOnce(read, key.toString(), value.toString());
                return value;
            }
        };
        try {
            seen.load(new StringReader(text));
        } catch (IOException cannotHappen) {
            throw new UncheckedIOException(cannotHappen);
        }
        return read;
    }

    private static void putOnce(Map<String, String> texts, String key, String value) {
        if (texts.put(key, value) != null) {
            texts.put("twice:" + key, value);
        }
    }

    private static void walk(Path folder, String prefix, Map<String, String> texts) {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (Files.isDirectory(entry) && !NOT_OURS.contains(name)) {
                    walk(entry, prefix + name + "/", texts);
                } else if (Files.isRegularFile(entry) && !NOT_OURS.contains(name) && TEXT.contains(ending(name))) {
                    read(entry, prefix + name, texts);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void read(Path file, String path, Map<String, String> texts) throws IOException {
        try {
            texts.put(path, Files.readString(file));
        } catch (MalformedInputException notUtf8) {
            throw new IOException(path + " is not UTF-8", notUtf8);
        }
    }

    private static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1);
    }
}
