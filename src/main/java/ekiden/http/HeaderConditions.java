package ekiden.http;

import ekiden.mail.match.MatchResult;
import ekiden.mail.match.Matcher;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.MailSummary;
import java.util.ArrayList;
import java.util.List;

/** Which conditions a mail of the catalogue does not meet. Its text is not kept, so that nothing is said about it. */
final class HeaderConditions {
    private HeaderConditions() {}

    static List<String> failing(Conditions conditions, MailSummary mail) {
        boolean textOnly = conditions.from().isEmpty() && conditions.subject().isEmpty();
        if (textOnly) {
            return List.of();
        }
        Conditions header = new Conditions(conditions.from(), conditions.subject(), List.of());
        List<String> failing = new ArrayList<>();
        switch (Matcher.test(header, mail, "")) {
            case MatchResult.Matched ignored -> {}
            case MatchResult.NotMatched(List<MatchResult.Reason> reasons) ->
                reasons.forEach(reason -> failing.add(reason.field().name()));
        }
        return failing;
    }
}
