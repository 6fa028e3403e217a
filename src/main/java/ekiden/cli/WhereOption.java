package ekiden.cli;

import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.definition.yaml.ConditionYaml;
import ekiden.http.client.ApiProblem;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code --where}: conditions in the words of definitions.
 *
 * @param conditions at least one
 */
record WhereOption(Conditions conditions) {
    private static final String NAME = "--where";

    static WhereOption read(String text) {
        return switch (ConditionYaml.read(NAME, text)) {
            case ConditionYaml.Read.Right(Conditions conditions) -> new WhereOption(conditions);
            case ConditionYaml.Read.Wrong(List<Problem> problems) ->
                throw new Failure(problems.stream()
                        .map(one -> new ApiProblem(one, null, "", "", ExitCode.USAGE.code()))
                        .toList());
        };
    }

    /** With those of the options that have a list each: the same list is one list, of which one entry is enough. */
    Conditions with(Conditions options) {
        return conditions.map((list, entries) -> switch (list) {
            case "from" -> joined(entries, options.from());
            case "subject" -> joined(entries, options.subject());
            case "text" -> joined(entries, options.text());
            default -> entries;
        });
    }

    private static List<Entry> joined(List<Entry> some, List<Entry> more) {
        List<Entry> joined = new ArrayList<>(some);
        joined.addAll(more);
        return joined;
    }
}
