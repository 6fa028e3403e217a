package ekiden.cli;

import java.math.BigDecimal;

/** A profile's canary mail in one line: how long the last one took, or where the newest one stands. */
final class CanaryLine {
    private CanaryLine() {}

    static String of(Session session, String profile, Data canary) {
        StringBuilder line = new StringBuilder(profile)
                .append("  ")
                .append(session.word("profile.canary"))
                .append("  ")
                .append(lamp(session, canary))
                .append(canary.text("state"));
        String sent = canary.maybe("sent");
        if (sent != null) {
            line.append("  ").append(session.word("profile.sent")).append(' ').append(session.time(sent));
        }
        String arrived = canary.maybe("arrived");
        line.append("  ")
                .append(session.word("profile.arrived"))
                .append(' ')
                .append(arrived == null ? "-" : session.time(arrived));
        if (canary.maybe("tookMillis") != null) {
            BigDecimal took = BigDecimal.valueOf(canary.number("tookMillis"), 3);
            line.append("  ")
                    .append(session.word("profile.took"))
                    .append(' ')
                    .append(took.toPlainString())
                    .append(" s");
        }
        return line.toString();
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
