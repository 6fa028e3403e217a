package ekiden.config;

import ekiden.mail.profile.Receive;
import ekiden.yaml.Fields;
import ekiden.yaml.Quantities;
import ekiden.yaml.YamlFault;
import ekiden.yaml.YamlNode;
import ekiden.yaml.YamlProblems;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The canary of an IMAP mailbox. */
final class CanaryParser {
    private static final Duration USUAL_EVERY = Duration.ofMinutes(15);
    private static final Duration USUAL_WITHIN = Duration.ofMinutes(5);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private CanaryParser() {}

    /**
     * @param node what stands there
     * @param where its path in the file
     * @param sends whether the profile itself has a sending side
     * @param problems takes what is wrong
     * @return the canary, or null where something is wrong (noted)
     */
    static Receive.@Nullable Canary parse(YamlNode node, String where, boolean sends, YamlProblems problems) {
        Fields fields = Fields.of(node, where, SettingsKeys.CANARY, problems);
        if (fields == null) {
            return null;
        }
        Duration every = span(fields, "every", LONGEST, USUAL_EVERY);
        if (every.compareTo(SHORTEST) < 0) {
            fields.badValue("every", Quantities.format(SHORTEST) + ".." + Quantities.format(LONGEST));
        }
        Duration within = span(fields, "within", every, USUAL_WITHIN.compareTo(every) < 0 ? USUAL_WITHIN : every);
        String to = fields.requiredText("to");
        if (to != null && !ProfileParser.address(to)) {
            fields.badValue("to", ProfileParser.ADDRESS);
        }
        String send = fields.text("send");
        if (!sends && fields.node("send") == null) {
            problems.fault(YamlFault.MISSING_KEY, fields.at(), "where", where, "expected", "send");
        }
        return to == null ? null : new Receive.Canary(every, within, to, send);
    }

    private static Duration span(Fields fields, String key, Duration most, Duration usual) {
        Duration span = fields.duration(key, most);
        return span == null ? usual : span;
    }
}
