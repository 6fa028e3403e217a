package ekiden.mail.match;

import ekiden.model.definition.Conditions;
import ekiden.model.mail.Address;
import ekiden.model.mail.MailSummary;
import java.util.ArrayList;
import java.util.List;

/** Tests the conditions of one watch on one mail and tells why they fail. For many watches see {@link WatchSet}. */
public final class Matcher {
    private Matcher() {}

    /**
     * @param conditions what is wanted
     * @param mail what the mail is
     * @param text its body text, lines ended by LF
     * @return whether it matches, and why not
     */
    public static MatchResult test(Conditions conditions, MailSummary mail, String text) {
        List<MatchResult.Reason> reasons = new ArrayList<>();
        boolean none = conditions.from().isEmpty()
                && conditions.subject().isEmpty()
                && conditions.text().isEmpty();
        if (none) {
            reasons.add(new MatchResult.Reason(MatchResult.Field.NONE, ""));
        }
        if (!conditions.from().isEmpty() && conditions.from().stream().noneMatch(wanted -> isFrom(wanted, mail))) {
            String seen =
                    String.join(", ", mail.from().stream().map(Address::address).toList());
            reasons.add(reason(MatchResult.Field.FROM, seen));
        }
        if (!conditions.subject().isEmpty() && !holds(Nfc.of(mail.subject()), conditions.subject())) {
            reasons.add(reason(MatchResult.Field.SUBJECT, mail.subject()));
        }
        if (!conditions.text().isEmpty() && !holds(Nfc.of(text), conditions.text())) {
            reasons.add(reason(MatchResult.Field.TEXT, text));
        }
        return reasons.isEmpty() ? new MatchResult.Matched() : new MatchResult.NotMatched(reasons);
    }

    /**
     * Whether the text need not be known to say no.
     *
     * @param conditions what is wanted
     * @param mail what the header of the mail says
     * @return whether it may match, whatever the text is
     */
    public static boolean mayMatch(Conditions conditions, MailSummary mail) {
        boolean textOnly = conditions.from().isEmpty()
                && conditions.subject().isEmpty()
                && !conditions.text().isEmpty();
        Conditions withoutText = new Conditions(conditions.from(), conditions.subject(), List.of());
        return textOnly || test(withoutText, mail, "") instanceof MatchResult.Matched;
    }

    private static boolean isFrom(String wanted, MailSummary mail) {
        String key = key(wanted);
        return mail.from().stream().anyMatch(address -> key(address.address()).equals(key));
    }

    /**
     * An address as it is compared: only ASCII letters lose their case, because other characters that Unicode takes for
     * letters of ASCII (the Kelvin sign for k) would let one address pass for another.
     */
    static String key(String address) {
        StringBuilder key = new StringBuilder(address.strip());
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                key.setCharAt(i, (char) (c + 32));
            }
        }
        return key.toString();
    }

    private static boolean holds(String value, List<String> wanted) {
        return wanted.stream().anyMatch(part -> !breaksLine(part) && value.contains(Nfc.of(part)));
    }

    /** A condition with a line break in it could only match across one. */
    static boolean breaksLine(String part) {
        return part.indexOf('\n') >= 0 || part.indexOf('\r') >= 0;
    }

    private static MatchResult.Reason reason(MatchResult.Field field, String seen) {
        String shown = seen.substring(0, Math.min(seen.length(), MatchResult.Reason.MAX_SEEN));
        return new MatchResult.Reason(field, shown.replace('\n', ' '));
    }
}
