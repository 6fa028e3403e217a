package ekiden.definition.yaml;

import ekiden.definition.DefinitionMessage;
import ekiden.model.definition.PartChecks;
import ekiden.yaml.Fields;
import ekiden.yaml.Located;
import ekiden.yaml.YamlNode;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys {@code filter} and {@code scan} of {@code save}. */
final class CheckParser {
    private static final Duration LONGEST = Duration.ofHours(1);
    /** A Unix socket's path has at most 107 bytes on Linux. */
    private static final Pattern SCANNER = Pattern.compile("/.{1,106}|([^:/\\s]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}");

    private final Notes notes;

    CheckParser(Notes notes) {
        this.notes = notes;
    }

    @Nullable
    PartChecks checks(Fields save) {
        PartChecks.Filter filter = filter(save);
        PartChecks.Scan scan = scan(save);
        return filter == null && scan == null ? null : new PartChecks(filter, scan);
    }

    private PartChecks.@Nullable Filter filter(Fields save) {
        YamlNode node = save.node("filter");
        Fields fields = node == null ? null : notes.open(node, save.where("filter"), DefinitionKeys.FILTER);
        if (fields == null || fields.required("command") == null) {
            return null;
        }
        List<Located> command = fields.texts("command");
        if (command.isEmpty() || command.getFirst().text().isBlank()) {
            fields.badValue("command", "[PROGRAM, ARGUMENT, …]");
            return null;
        }
        for (Located word : command) {
            if (word.text().contains("${")) {
                notes.add(
                        DefinitionMessage.TEMPLATE_UNKNOWN,
                        word.at(),
                        "where",
                        fields.where("command"),
                        "found",
                        YamlNode.shorten(word.text()),
                        "expected",
                        "-");
            }
        }
        return new PartChecks.Filter(
                command.stream().map(Located::text).toList(),
                fields.duration("timeout", LONGEST),
                fields.choice("on-failure", PartChecks.Filter.OnFailure.class, PartChecks.Filter.OnFailure.FAIL));
    }

    private PartChecks.@Nullable Scan scan(Fields save) {
        YamlNode node = save.node("scan");
        Fields fields = node == null ? null : notes.open(node, save.where("scan"), DefinitionKeys.SCAN);
        String clamd = fields == null ? null : fields.requiredText("clamd");
        if (fields == null || clamd == null) {
            return null;
        }
        if (!SCANNER.matcher(clamd).matches() || port(clamd) < 1 || port(clamd) > 65_535) {
            fields.badValue("clamd", "HOST:PORT | /SOCKET");
        }
        return new PartChecks.Scan(
                clamd,
                fields.duration("timeout", LONGEST),
                fields.choice("on-infected", PartChecks.Scan.OnInfected.class, PartChecks.Scan.OnInfected.SKIP),
                fields.choice("on-failure", PartChecks.Scan.OnFailure.class, PartChecks.Scan.OnFailure.WAIT));
    }

    private static int port(String clamd) {
        return clamd.startsWith("/") ? 1 : Integer.parseInt(clamd.substring(clamd.lastIndexOf(':') + 1));
    }
}
