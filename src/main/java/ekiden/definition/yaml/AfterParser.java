package ekiden.definition.yaml;

import ekiden.definition.DefinitionMessage;
import ekiden.model.definition.AfterReceive;
import ekiden.yaml.Fields;
import ekiden.yaml.Located;
import ekiden.yaml.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code after-receive}: one word or a list of them. */
final class AfterParser {
    private static final String KEY = "after-receive";
    private static final String FORM = "read | none | delete | move:FOLDER | keyword:WORD";

    private AfterParser() {}

    static AfterReceive parse(Fields fields, Notes notes) {
        List<Located> words = fields.texts(KEY);
        if (words.isEmpty()) {
            if (fields.node(KEY) instanceof YamlNode.Sequence) {
                fields.badValue(KEY, FORM);
            }
            return AfterReceive.READ;
        }
        Set<String> seen = new HashSet<>();
        boolean read = false;
        boolean delete = false;
        boolean notAlone = false;
        String keyword = null;
        String folder = null;
        for (Located word : words) {
            String kind = kind(word.text());
            String value = value(word.text());
            switch (kind) {
                case "read" -> read = true;
                case "delete" -> delete = true;
                case "keyword" -> keyword = value;
                case "move" -> folder = value;
                case "none" -> notAlone = words.size() > 1;
                default -> fields.badItem(KEY, word, FORM);
            }
            boolean twice = !kind.equals("none") && !kind.isEmpty() && !seen.add(kind);
            if (twice || (kind.equals("none") && notAlone)) {
                String found = YamlNode.shorten(word.text());
                notes.add(
                        DefinitionMessage.AFTER_CONFLICT,
                        word.at(),
                        "where",
                        fields.where(KEY),
                        "found",
                        found,
                        "expected",
                        FORM);
            }
        }
        return new AfterReceive(read, keyword, folder, delete);
    }

    /** The kind of action, empty for none of them. */
    private static String kind(String text) {
        int colon = text.indexOf(':');
        String word = colon < 0 ? text : text.substring(0, colon);
        String value = value(text);
        boolean right = switch (word) {
            case "read", "none", "delete" -> colon < 0;
            case "move" -> value != null && value.chars().noneMatch(Character::isISOControl);
            case "keyword" -> value != null && value.matches("[A-Za-z0-9$._-]{1,64}");
            default -> false;
        };
        return right ? word : "";
    }

    private static @Nullable String value(String text) {
        int colon = text.indexOf(':');
        return colon < 0 || text.substring(colon + 1).isBlank() ? null : text.substring(colon + 1);
    }
}
