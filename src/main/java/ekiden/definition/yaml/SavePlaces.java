package ekiden.definition.yaml;

import ekiden.definition.DefinitionMessage;
import ekiden.model.definition.NamePattern;
import ekiden.yaml.Fields;
import ekiden.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The places of what the jobs of one file save: none is named twice, and none stands in the way of another. Only what is sure is told: two patterns that are
 * different may become one name by what a mail says, and that is seen when it is saved.
 */
final class SavePlaces {
    /** What file systems take, in bytes of UTF-8. */
    static final int MOST_BYTES = 255;
    /** What is kept of a name that is made of values ({@code SafeName}): where its own text is longer, nothing of the values would be. */
    static final int MOST_BYTES_OF_PATTERN = 200;

    private static final String FOLDER = "mail";
    private static final String OWN_FOLDER = "{run}-{job}";
    /** The files of a mail's own folder that have a name without being given one. */
    private static final Map<String, String> USUAL = Map.of("body-name", "body.txt", "list-name", "attachments.list");

    /** What the name of a job is where a mail starts the run. */
    private static final String START = "start";

    private static final String MANIFEST = "mail.json";

    private final Notes notes;
    private final List<Place> folders = new ArrayList<>();
    private final List<Place> lists = new ArrayList<>();

    SavePlaces(Notes notes) {
        this.notes = notes;
    }

    /** A folder of mails or a reception list: its names from the jobnet's files folder, or from the root. */
    private record Place(Fields fields, String key, String text, List<String> names) {
        static Place of(Fields fields, String key, String text) {
            Stream<String> root = text.startsWith("/") ? Stream.of("/") : Stream.of();
            Stream<String> names = Stream.of(text.split("/")).filter(name -> !name.isEmpty() && !name.equals("."));
            return new Place(fields, key, text, Stream.concat(root, names).toList());
        }

        boolean fixed() {
            return !NamePattern.hasBraces(text);
        }

        /** Whether the other one is this or lies in it. */
        boolean holds(List<String> others) {
            return names.size() <= others.size() && names.equals(others.subList(0, names.size()));
        }

        String where() {
            return fields.where(key);
        }
    }

    /** Looks at the places of one job, with those of the jobs before it in the file. */
    void add(String job, Fields fields, @Nullable String to, @Nullable String folderName, @Nullable String list) {
        Place folder = Place.of(fields, "to", Objects.requireNonNullElse(to, FOLDER));
        for (Place other : lists) {
            if (folder.fixed() && other.fixed() && other.holds(folder.names)) {
                same(to == null ? other : folder, to == null ? folder.where() : other.where());
            }
        }
        if (list != null) {
            list(job, fields, folder, folderName, Place.of(fields, "reception-list", list));
        }
        folders.add(folder);
    }

    private void list(String job, Fields fields, Place folder, @Nullable String folderName, Place written) {
        List<String> own = new ArrayList<>(folder.names);
        own.add(Objects.requireNonNullElse(folderName, OWN_FOLDER));
        List<String> names = named(job, written.names);
        boolean below = names.size() >= own.size() && named(job, own).equals(names.subList(0, own.size()));
        if (below) {
            same(written, fields.where("folder-name"));
        }
        if (written.holds(folder.names)) {
            same(written, folder.where());
        }
        for (Place other : folders) {
            if (other.fixed() && written.fixed() && written.holds(other.names)) {
                same(written, other.where());
            }
        }
        lists.add(written);
    }

    private static List<String> named(String job, List<String> names) {
        String own = job.isEmpty() ? START : NamePattern.literal(job);
        return names.stream().map(name -> name.replace("{job}", own)).toList();
    }

    private void same(Place place, String other) {
        same(place.fields, place.key, place.text, other);
    }

    private void same(Fields fields, String key, String text, String other) {
        notes.add(
                DefinitionMessage.SAME_PLACE,
                fields.at(key),
                "where",
                fields.where(key),
                "found",
                YamlNode.shorten(text),
                "other",
                other);
    }

    /**
     * Looks at the files of a mail's own folder that have a name.
     *
     * @param given the names that the definition gives, by their keys
     */
    void files(Fields fields, Map<String, String> given) {
        Map<String, String> taken = new HashMap<>(Map.of(key(MANIFEST), MANIFEST));
        USUAL.forEach((key, name) -> {
            if (!given.containsKey(key)) {
                taken.put(key(name), fields.where(key));
            }
        });
        given.forEach((key, name) -> {
            String other = taken.putIfAbsent(key(name), fields.where(key));
            if (other != null) {
                same(fields, key, name, other);
            }
        });
    }

    /** Some file systems do not tell two names of it. */
    private static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /** Looks at the length of one name of a path, or of a file. */
    void length(Fields fields, String key, String name) {
        boolean path = key.equals("to") || key.equals("reception-list");
        int most = path && !NamePattern.hasBraces(name) ? MOST_BYTES : MOST_BYTES_OF_PATTERN;
        int bytes = NamePattern.hasBraces(name)
                ? NamePattern.of(name, NamePattern.OF_ATTACHMENT).pieces().stream()
                        .filter(piece -> !piece.value())
                        .mapToInt(piece -> bytes(piece.text()))
                        .sum()
                : bytes(name);
        if (bytes > most) {
            notes.add(
                    DefinitionMessage.NAME_TOO_LONG,
                    fields.at(key),
                    "where",
                    fields.where(key),
                    "found",
                    YamlNode.shorten(name),
                    "bytes",
                    bytes,
                    "expected",
                    most);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
