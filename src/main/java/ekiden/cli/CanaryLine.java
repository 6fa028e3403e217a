package ekiden.cli;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A profile's canary mail in two lines: whether it works, and how long the last one took. */
final class CanaryLine {
    private CanaryLine() {}

    static void print(Session session, String profile, Data canary) {
        session.print(
                profile + "  " + session.word("profile.canary") + "  " + lamp(session, canary) + canary.text("state"));
        String took = canary.maybe("tookMillis") == null
                ? "-"
                : BigDecimal.valueOf(canary.number("tookMillis"), 3).toPlainString() + " s";
        session.print("  " + session.word("profile.sent") + " " + time(session, canary.maybe("sent")) + "  "
                + session.word("profile.arrived") + " " + time(session, canary.maybe("arrived")) + "  "
                + session.word("profile.took") + " " + took);
    }

    private static String time(Session session, @Nullable String at) {
        return at == null ? "-" : session.time(at);
    }

    /** Nothing is known before the first one has arrived or is overdue. */
    private static String lamp(Session session, Data canary) {
        if (canary.flag("works")) {
            return session.word("test.good") + "  ";
        }
        String state = canary.text("state");
        boolean bad = canary.maybe("arrived") != null || state.equals("UNSENT") || state.equals("OVERDUE");
        return bad ? session.word("test.bad") + "  " : "";
    }
}
