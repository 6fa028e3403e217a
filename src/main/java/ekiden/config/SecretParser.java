package ekiden.config;

import ekiden.mail.profile.SecretSource;
import ekiden.yaml.Fields;
import ekiden.yaml.Located;
import ekiden.yaml.YamlFault;
import ekiden.yaml.YamlNode;
import ekiden.yaml.YamlProblems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code {file: …}}, {@code {env: …}} or {@code {command: […]}}. Never shows what was written in the place of one. */
final class SecretParser {
    private static final String FORM = "{file: PATH} | {env: NAME} | {command: [PROGRAM, …]}";

    private SecretParser() {}

    /** {@return the source, or null where it is none; then that was noted} */
    static @Nullable SecretSource parse(YamlNode node, String where, YamlProblems problems) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.add(SettingsMessage.PLAIN_SECRET, node.at(), "where", where);
            return null;
        }
        Fields fields = Fields.of(node, where, SettingsKeys.SECRET, problems);
        if (fields == null || mapping.entries().size() != 1) {
            problems.fault(YamlFault.BAD_VALUE, node.at(), "where", where, "found", "{…}", "expected", FORM);
            return null;
        }
        String file = fields.text("file");
        String variable = fields.text("env");
        List<String> command =
                fields.texts("command").stream().map(Located::text).toList();
        if (file != null && !file.isBlank()) {
            return new SecretSource.FromFile(file);
        }
        if (variable != null && !variable.isBlank()) {
            return new SecretSource.FromEnvironment(variable);
        }
        if (command.isEmpty() || command.getFirst().isBlank()) {
            problems.fault(YamlFault.BAD_VALUE, node.at(), "where", where, "found", "{…}", "expected", FORM);
            return null;
        }
        return new SecretSource.FromCommand(command);
    }
}
