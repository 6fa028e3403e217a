package ekiden.agent;

import ekiden.base.Problem;
import ekiden.mail.match.MatchResult.Verdict;
import ekiden.mail.match.Matcher;
import ekiden.mail.match.TestedMail;
import ekiden.model.definition.Conditions;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What came of a mail for one watch.
 *
 * @param verdict whether it meets the conditions
 * @param unproved why it cannot be known now from whom it is, or null
 * @param question the mail, where a question has to be asked first, otherwise null
 */
record Judged(
        Verdict verdict,
        @Nullable Problem unproved,
        @Nullable TestedMail question) {
    static Judged asking(Conditions conditions, TestedMail mail, BooleanSupplier mayAsk) {
        TestedMail asked = mail.asking(mayAsk);
        Verdict verdict = Matcher.verdict(conditions, asked);
        return new Judged(verdict, verdict == Verdict.OPEN ? asked.unproved() : null, null);
    }

    /**
     * As far as no question is needed: one can take long, and who waits for it need not have the mail open.
     *
     * @param conditions what is waited for
     * @param open the mail, while it is open
     * @param closed the same, when it is not
     * @return what came of it, with the mail where a question has to be asked
     */
    static Judged withoutQuestion(Conditions conditions, TestedMail open, TestedMail closed) {
        boolean[] needed = {false};
        Judged judged = asking(conditions, open, () -> {
            needed[0] = true;
            return false;
        });
        boolean ask = needed[0] && judged.verdict == Verdict.OPEN;
        return new Judged(judged.verdict, judged.unproved, ask ? closed : null);
    }
}
