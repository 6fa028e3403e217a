package ekiden.engine;

import ekiden.model.definition.AfterReceive;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Joins what several jobs want done with one mail into one action: delete beats move, keyword and read add up. Pure. */
public final class AfterReceiveRule {
    private AfterReceiveRule() {}

    /**
     * @param wanted what each job wants, in the order of the claims
     * @return the one action
     */
    public static AfterReceive combine(List<AfterReceive> wanted) {
        boolean delete = wanted.stream().anyMatch(AfterReceive::delete);
        String move = first(wanted.stream().map(AfterReceive::moveTo).toList());
        return new AfterReceive(
                wanted.stream().anyMatch(AfterReceive::read),
                first(wanted.stream().map(AfterReceive::keyword).toList()),
                delete ? null : move,
                delete);
    }

    private static @Nullable String first(List<String> values) {
        return values.stream().filter(Objects::nonNull).findFirst().orElse(null);
    }
}
