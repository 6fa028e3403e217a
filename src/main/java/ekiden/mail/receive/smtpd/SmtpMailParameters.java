package ekiden.mail.receive.smtpd;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The argument of MAIL: {@code FROM:<…> SIZE= BODY= SMTPUTF8} (RFC 1870, 6152, 6531). */
final class SmtpMailParameters {
    private static final int SIZE_DIGITS = 20;
    private static final Set<String> OFFERED = Set.of("SIZE", "BODY", "SMTPUTF8");
    /** Cannot be a value: those have no blanks. */
    private static final String NO_VALUE = " ";

    private SmtpMailParameters() {}

    static SmtpCommand mail(String rest) {
        if (!rest.regionMatches(true, 0, "FROM:", 0, 5)) {
            return bad("501 5.5.4 syntax: MAIL FROM:<address>");
        }
        Optional<SmtpPath> path = SmtpPath.read(rest.substring(5));
        if (path.isEmpty()) {
            return bad("501 5.1.7 syntax: MAIL FROM:<address>");
        }
        String sender = path.get().mailbox();
        if (!sender.isEmpty() && !path.get().isMailbox()) {
            return bad("501 5.1.7 not an address");
        }
        return parameters(path.get());
    }

    private static SmtpCommand parameters(SmtpPath path) {
        Map<String, String> given = new HashMap<>();
        for (String parameter :
                path.rest().isEmpty() ? new String[0] : path.rest().split(" +")) {
            int equals = parameter.indexOf('=');
            String name = (equals < 0 ? parameter : parameter.substring(0, equals)).toUpperCase(Locale.ROOT);
            String value = equals < 0 ? NO_VALUE : parameter.substring(equals + 1);
            if (!understood(name, value)) {
                return OFFERED.contains(name)
                        ? bad("501 5.5.4 value of " + name + " not understood")
                        : bad("555 5.5.4 parameter of MAIL not offered");
            }
            if (given.put(name, value) != null) {
                return bad("501 5.5.4 parameter given twice");
            }
        }
        boolean utf8 = given.containsKey("SMTPUTF8");
        if (!utf8 && !path.isAscii()) {
            return bad("553 5.6.7 address needs SMTPUTF8");
        }
        long size = number(given.getOrDefault("SIZE", NO_VALUE)).orElse(-1L);
        return new SmtpCommand.Mail(path.mailbox(), size, utf8);
    }

    private static boolean understood(String name, String value) {
        return switch (name) {
            case "SIZE" -> number(value).isPresent();
            case "SMTPUTF8" -> value.equals(NO_VALUE);
            case "BODY" -> body(value);
            default -> false;
        };
    }

    private static boolean body(String value) {
        return value.equalsIgnoreCase("7BIT") || value.equalsIgnoreCase("8BITMIME");
    }

    /** Up to 20 digits; what does not fit is as good as endless. */
    static Optional<Long> number(String digits) {
        if (digits.isEmpty() || digits.length() > SIZE_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(digits));
        } catch (NumberFormatException huge) {
            return Optional.of(Long.MAX_VALUE);
        }
    }

    private static SmtpCommand.Bad bad(String reply) {
        return new SmtpCommand.Bad(reply, false);
    }
}
