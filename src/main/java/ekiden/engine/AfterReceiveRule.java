package ekiden.engine;

import ekiden.model.definition.AfterReceive;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Joins what several jobs want done with one mail into one action: delete beats move, keyword and read add up. Pure. */
public final class AfterReceiveRule {
    private AfterReceiveRule() {}

    /**
     * What the profile says is done beside what the jobs want; where the profile and a job say nothing, that job wants the mail marked read.
     *
     * @param profile what the profile says, or null
     * @param jobs what each job wants, in the order of the claims; null for one that does not say
     * @return the one action
     */
    public static AfterReceive combine(@Nullable AfterReceive profile, List<@Nullable AfterReceive> jobs) {
        List<AfterReceive> wanted = new ArrayList<>();
        for (AfterReceive job : jobs) {
            if (job != null) {
                wanted.add(job);
            } else if (profile == null) {
                wanted.add(AfterReceive.READ);
            }
        }
        if (profile != null) {
            wanted.add(profile);
        }
        return combine(wanted);
    }

    private static AfterReceive combine(List<AfterReceive> wanted) {
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
