package ekiden.mail.sasl;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answer in JSON that refuses a token (RFC 7628 §3.2.2). Only its status is of use, and it is a word: no JSON reader is needed. */
final class BearerError {
    private static final Pattern STATUS = Pattern.compile("\"status\"\\s{0,9}:\\s{0,9}\"([A-Za-z0-9_-]{1,40})\"");

    private BearerError() {}

    static String status(byte[] json) {
        Matcher status = STATUS.matcher(new String(json, StandardCharsets.UTF_8));
        return status.find() ? status.group(1) : "";
    }
}
