package ekiden.definition.yaml;

import ekiden.base.Problem;
import ekiden.model.definition.Conditions;
import ekiden.yaml.Fields;
import ekiden.yaml.KeySet;
import ekiden.yaml.YamlLimits;
import ekiden.yaml.YamlNode;
import ekiden.yaml.YamlProblems;
import ekiden.yaml.YamlText;
import java.util.List;

/**
 * Conditions by themselves, as they stand under {@code receive-mail} in a definition, for whoever has no definition. What only a home knows ({@code authenticated}),
 * and what only jobs leave out ({@code any}, {@code include}), is no key here. Pure; safe from any thread.
 */
public final class ConditionYaml {
    private static final KeySet KEYS = KeySet.of("conditions", ConditionParser.OF_THE_MAIL.toArray(String[]::new));

    private ConditionYaml() {}

    /** What came of reading them. */
    public sealed interface Read {
        /**
         * They are right.
         *
         * @param conditions at least one
         */
        record Right(Conditions conditions) implements Read {}

        /**
         * They are wrong.
         *
         * @param problems all of them, at least one
         */
        record Wrong(List<Problem> problems) implements Read {
            /** Copies the list. */
            public Wrong {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * @param shown where they come from, for messages
     * @param text a mapping in YAML
     * @return the conditions, or everything that is wrong with them
     */
    public static Read read(String shown, String text) {
        YamlProblems problems = new YamlProblems(shown, DefinitionYaml::id, YamlLimits.DEFAULT);
        YamlNode root = YamlText.read(text, YamlLimits.DEFAULT, problems);
        Fields fields = root == null ? null : Fields.of(root, "", KEYS, problems);
        Conditions conditions = fields == null
                ? Conditions.NONE
                : new ConditionParser(new Notes(problems, null), "", fields).parseOfMail(shown);
        return problems.none() ? new Read.Right(conditions) : new Read.Wrong(problems.all());
    }
}
