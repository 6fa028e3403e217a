package ekiden.mail.address.vcard;

import com.github.mangstadt.vinnie.VObjectProperty;
import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import ekiden.mail.address.Entry;
import ekiden.mail.address.Names;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One vCard while it is read (RFC 6350; RFC 2426 and 2.1 where they differ). Belongs to one thread. */
final class Card {
    private static final Set<String> WANTED = Set.of(
            "FN",
            "N",
            "NICKNAME",
            "EMAIL",
            "ORG",
            "UID",
            "KIND",
            "MEMBER",
            "SORT-STRING",
            "SOUND",
            "X-ADDRESSBOOKSERVER-KIND",
            "X-ADDRESSBOOKSERVER-MEMBER",
            "X-PHONETIC-FIRST-NAME",
            "X-PHONETIC-LAST-NAME");
    private static final String UUID = "urn:uuid:";
    private static final int WORST = 101;

    private final List<String> names = new ArrayList<>();
    private final List<String> members = new ArrayList<>();
    private String id;
    private String shown = "";
    private String family = "";
    private String given = "";
    private String phoneticFamily = "";
    private String phoneticGiven = "";
    private String detail = "";
    private @Nullable String address;
    private int preference = WORST + 1;
    private boolean group;

    /** @param id where the card stands, for one without a UID */
    Card(String id) {
        this.id = id;
    }

    /** Whether a property says something about names, addresses or lists. */
    static boolean wants(String name) {
        return WANTED.contains(name.toUpperCase(Locale.ROOT));
    }

    void add(VObjectProperty property) {
        String name = property.getName().toUpperCase(Locale.ROOT);
        String value = property.getValue() == null ? "" : property.getValue();
        String text = VObjectPropertyValues.unescape(value).strip();
        switch (name) {
            case "FN" -> {
                shown = shown.isEmpty() ? text : shown;
                names.add(text);
                names.addAll(sorted(property, " "));
            }
            case "N" -> name(property, value);
            case "NICKNAME" -> names.addAll(VObjectPropertyValues.parseList(value));
            case "SORT-STRING" -> names.add(text);
            case "SOUND" -> sound(property, value);
            case "X-PHONETIC-LAST-NAME" -> phoneticFamily = text;
            case "X-PHONETIC-FIRST-NAME" -> phoneticGiven = text;
            case "EMAIL" -> email(property, text);
            case "ORG" ->
                detail = VObjectPropertyValues.parseSemiStructured(value).stream()
                        .filter(part -> !part.isBlank())
                        .collect(Collectors.joining(" "));
            case "UID" -> id = text.isEmpty() ? id : uid(text);
            case "KIND", "X-ADDRESSBOOKSERVER-KIND" -> group = text.equalsIgnoreCase("group");
            case "MEMBER", "X-ADDRESSBOOKSERVER-MEMBER" -> members.add(member(text));
            default -> {}
        }
    }

    /** Family name, given name, and others; there may be several with readings or in other scripts (RFC 9554 §3.2). */
    private void name(VObjectProperty property, String value) {
        List<String> parts = parts(value);
        if (family.isEmpty() && given.isEmpty()) {
            family = parts.get(0);
            given = parts.get(1);
        } else {
            names.addAll(Names.of(List.of(), parts.get(0), parts.get(1)));
        }
        List<String> sorted = sorted(property, ",");
        if (sorted.size() > 1) {
            names.addAll(Names.of(List.of(), sorted.get(0), sorted.get(1)));
        }
    }

    private static List<String> parts(String value) {
        List<String> parts = VObjectPropertyValues.parseStructured(value).stream()
                .map(part -> String.join(" ", part).strip())
                .toList();
        return Stream.concat(parts.stream(), Stream.of("", "")).limit(2).toList();
    }

    /** {@code SORT-AS="やまだ,たろう"} (RFC 6350 §5.9): how the name is sorted is in Japanese how it is read. */
    private static List<String> sorted(VObjectProperty property, String between) {
        List<String> sorted = property.getParameters().get("SORT-AS");
        List<String> parts = (sorted == null ? List.<String>of() : sorted)
                .stream()
                        .flatMap(text -> Stream.of(text.split(",", -1)))
                        .map(String::strip)
                        .toList();
        return between.equals(" ") && !parts.isEmpty() ? List.of(String.join(" ", parts)) : parts;
    }

    /** The reading that Japanese phones write: {@code SOUND;X-IRMC-N:ヤマダ;タロウ;;;}. */
    private void sound(VObjectProperty property, String value) {
        boolean reading = property.getParameters().getMap().entrySet().stream()
                .anyMatch(parameter -> "X-IRMC-N".equalsIgnoreCase(parameter.getKey())
                        || parameter.getValue().stream().anyMatch("X-IRMC-N"::equalsIgnoreCase));
        if (reading) {
            List<String> parts = parts(value);
            phoneticFamily = parts.get(0);
            phoneticGiven = parts.get(1);
        }
    }

    private void email(VObjectProperty property, String text) {
        int own = preference(property);
        if (!text.isEmpty() && own < preference) {
            address = text;
            preference = own;
        }
    }

    /** {@code PREF=1} is best (RFC 6350 §5.3); earlier versions say {@code TYPE=pref}, or {@code PREF} alone. */
    private static int preference(VObjectProperty property) {
        for (var parameter : property.getParameters().getMap().entrySet()) {
            boolean named = "PREF".equalsIgnoreCase(parameter.getKey());
            for (String value : parameter.getValue()) {
                if (named && value != null && value.matches("[1-9][0-9]?|100")) {
                    return Integer.parseInt(value);
                }
                if ("pref".equalsIgnoreCase(value)) {
                    return 1;
                }
            }
        }
        return WORST;
    }

    private static String uid(String text) {
        String bare = text.toLowerCase(Locale.ROOT);
        return bare.startsWith(UUID) ? bare : UUID + bare;
    }

    private static String member(String text) {
        String low = text.toLowerCase(Locale.ROOT);
        if (low.startsWith("mailto:")) {
            String address = text.substring("mailto:".length()).replace("+", "%2B");
            return decoded(address);
        }
        return low.startsWith("urn:") ? low : "urn:" + low;
    }

    private static String decoded(String address) {
        try {
            return URLDecoder.decode(address, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException odd) {
            return address;
        }
    }

    /** What the card says, or nothing where it names nobody. */
    Optional<Entry> entry(int most) {
        List<String> all = new ArrayList<>(Names.of(names, family, given));
        all.addAll(Names.of(List.of(), phoneticFamily, phoneticGiven));
        boolean onlyFamily = given.isEmpty() && !family.isEmpty();
        if (onlyFamily) {
            all.add(family);
        }
        if (all.isEmpty()) {
            return Optional.empty();
        }
        String name = shown.isEmpty() ? (family + " " + given).strip() : shown;
        String own = name.isEmpty() ? all.getFirst() : name;
        List<String> some = all.subList(0, Math.min(most, all.size()));
        return Optional.of(
                group
                        ? new Entry.Group(id, own, detail, some, address, members)
                        : new Entry.Person(id, own, detail, some, address));
    }
}
