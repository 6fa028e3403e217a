package ekiden.mail.send.smtp;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a server offers in its reply to EHLO (RFC 5321 §4.1.1.1).
 *
 * @param offered keyword in upper case → its parameters in upper case, separated by one space
 */
record Extensions(Map<String, String> offered) {
    static final Extensions NONE = new Extensions(Map.of());

    Extensions {
        offered = Map.copyOf(offered);
    }

    static Extensions of(SmtpReply ehlo) {
        Map<String, String> offered = new HashMap<>();
        for (String line : ehlo.lines().subList(1, ehlo.lines().size())) {
            // "AUTH=PLAIN LOGIN" is the form of very old servers.
            String words = line.strip().toUpperCase(Locale.ROOT).replace("AUTH=", "AUTH ");
            int space = words.indexOf(' ');
            String keyword = space < 0 ? words : words.substring(0, space);
            String parameters = space < 0 ? "" : words.substring(space + 1).strip();
            offered.merge(keyword, parameters, (a, b) -> (a + " " + b).strip());
        }
        return new Extensions(offered);
    }

    boolean has(String keyword) {
        return offered.containsKey(keyword);
    }

    /** {@return the mechanisms of AUTH, none where there is no AUTH} */
    List<String> mechanisms() {
        return List.of(offered.getOrDefault("AUTH", "").split(" +"));
    }

    /** {@return the largest mail the server takes, in bytes, or {@link Long#MAX_VALUE} where it names none (RFC 1870)} */
    long size() {
        try {
            long size = Long.parseLong(offered.getOrDefault("SIZE", "0"));
            return size > 0 ? size : Long.MAX_VALUE;
        } catch (NumberFormatException unreadable) {
            return Long.MAX_VALUE;
        }
    }
}
