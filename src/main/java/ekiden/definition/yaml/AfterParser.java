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

/** {@code after-receive}: one word or a list of them; null where there is none. */
final class AfterParser {
    private static final String KEY = "after-receive";

    private AfterParser() {}

    static @Nullable AfterReceive parse(Fields fields, Notes notes) {
        List<Located> words = fields.texts(KEY);
        if (words.isEmpty()) {
            if (fields.node(KEY) instanceof YamlNode.Sequence) {
                fields.badValue(KEY, AfterReceive.FORM);
            }
            return null;
        }
        Set<String> seen = new HashSet<>();
        boolean read = false;
        boolean delete = false;
        boolean notAlone = false;
        String keyword = null;
        String folder = null;
        for (Located word : words) {
            String kind = AfterReceive.kind(word.text());
            String value = AfterReceive.value(word.text());
            switch (kind) {
                case "read" -> read = true;
                case "delete" -> delete = true;
                case "keyword" -> keyword = value;
                case "move" -> folder = value;
                case "none" -> notAlone = words.size() > 1;
                default -> fields.badItem(KEY, word, AfterReceive.FORM);
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
                        AfterReceive.FORM);
            }
        }
        return new AfterReceive(read, keyword, folder, delete);
    }
}
