package ekiden.testing;

import ekiden.model.definition.MailExtras;
import ekiden.model.definition.MailExtras.EndsAt;
import ekiden.model.definition.MailExtras.Importance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mails of jobs that have one thing besides. */
public final class Extras {
    private Extras() {}

    /** {@return the jobnet that is started when it comes back, and nothing else} */
    public static MailExtras onBounce(@Nullable String jobnet) {
        return with(EndsAt.LEFT, jobnet, null, null);
    }

    /** {@return when its job ends, and nothing else} */
    public static MailExtras endsAt(EndsAt endsAt) {
        return with(endsAt, null, null, null);
    }

    /** {@return the files that are filled with values of the run, and nothing else} */
    public static MailExtras templates(@Nullable String text, @Nullable String html) {
        return with(EndsAt.LEFT, null, text, html);
    }

    private static MailExtras with(
            EndsAt endsAt, @Nullable String jobnet, @Nullable String text, @Nullable String html) {
        return new MailExtras(
                null, List.of(), null, null, null, Importance.NORMAL, null, null, endsAt, jobnet, text, html);
    }
}
