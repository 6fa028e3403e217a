package ekiden.definition.yaml;

import ekiden.definition.DefinitionMessage;
import ekiden.model.definition.NamePattern;
import ekiden.yaml.Fields;
import ekiden.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The places of what the jobs of one file save: none is named twice, and none stands in the way of another. A name that a mail could give to a folder must not be one that
 * a list can have: the list could not be written any more.
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

        /** Whether what a mail says could make the other one this, or let it lie in it. */
        boolean couldHold(Place other) {
            return names.size() <= other.names.size()
                    && IntStream.range(0, names.size())
                            .allMatch(i -> PlaceNames.couldBeOne(names.get(i), other.names.get(i)));
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
        Place own = folderName == null
                ? folder
                : Place.of(fields, "folder-name", folder.text + "/" + folderName.replace('/', '_'));
        for (Place other : lists) {
            if (other.couldHold(folder)) {
                same(to == null ? other : folder, to == null ? folder.where() : other.where());
            } else if (folderName != null && other.couldHold(own)) {
                same(own, other.where());
            }
        }
        if (list != null) {
            list(job, folder, own, folderName, Place.of(fields, "reception-list", list));
        }
        folders.add(folder);
        if (folderName != null) {
            folders.add(own);
        }
    }

    private void list(String job, Place folder, Place given, @Nullable String folderName, Place written) {
        List<String> own = new ArrayList<>(folder.names);
        own.add(Objects.requireNonNullElse(folderName, OWN_FOLDER));
        List<String> names = named(job, written.names);
        boolean below = names.size() >= own.size() && named(job, own).equals(names.subList(0, own.size()));
        if (written.holds(folder.names) || written.couldHold(folder)) {
            same(written, folder.where());
        } else if (below || written.couldHold(given)) {
            same(written, written.fields.where("folder-name"));
        }
        for (Place other : folders) {
            if (written.couldHold(other)) {
                same(written, other.where());
                break;
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
        Map<String, String> taken = new HashMap<>(Map.of(PlaceNames.key(MANIFEST), MANIFEST));
        USUAL.forEach((key, name) -> {
            if (!given.containsKey(key)) {
                taken.put(PlaceNames.key(name), fields.where(key));
            }
        });
        given.forEach((key, name) -> {
            String other = taken.putIfAbsent(PlaceNames.key(name), fields.where(key));
            if (other != null) {
                same(fields, key, name, other);
            }
        });
    }

    /** Looks at one name of a path, or that of a file. */
    void name(Fields fields, String key, String name) {
        if (NamePattern.own(name)) {
            notes.add(
                    DefinitionMessage.NAME_OURS,
                    fields.at(key),
                    "where",
                    fields.where(key),
                    "found",
                    YamlNode.shorten(name));
        }
        length(fields, key, name);
    }

    private void length(Fields fields, String key, String name) {
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
