package ekiden.mail.profile;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An OAuth access token out of the text of a {@link SecretSource}: the token alone; the token and, on the next line, when it ends (RFC 3339, or seconds
 * since 1970); or the JSON that token endpoints and tools write, with {@code access_token} and one of {@code expires_in}, {@code expires_at} and
 * {@code expires_on}, or these names in camel case.
 *
 * @param secret the token
 * @param expires when it ends, or null where that is not told
 */
public record AccessToken(Secret secret, @Nullable Instant expires) {
    private static final Pattern TOKEN = Pattern.compile("\"access_?[tT]oken\"\\s*:\\s*\"([^\"\\\\]+)\"");
    private static final Pattern IN = Pattern.compile("\"expires_in\"\\s*:\\s*\"?([0-9]{1,9})");
    private static final Pattern AT = Pattern.compile("\"expires_?([aA]t|[oO]n)\"\\s*:\\s*\"?([^\",}\\s]+)");

    /**
     * @param text what the source gave
     * @param now the present, for a time that is told as a span
     * @return the token
     */
    public static AccessToken of(Secret text, Instant now) {
        String value = text.reveal().strip();
        if (value.startsWith("{")) {
            Matcher token = TOKEN.matcher(value);
            return new AccessToken(new Secret(token.find() ? token.group(1) : ""), expires(value, now));
        }
        int line = value.indexOf('\n');
        return line < 0
                ? new AccessToken(new Secret(value), null)
                : new AccessToken(
                        new Secret(value.substring(0, line).strip()),
                        moment(value.substring(line + 1).strip()));
    }

    private static @Nullable Instant expires(String json, Instant now) {
        Matcher at = AT.matcher(json);
        if (at.find()) {
            return moment(at.group(2));
        }
        Matcher in = IN.matcher(json);
        return in.find() ? now.plusSeconds(Long.parseLong(in.group(1))) : null;
    }

    private static @Nullable Instant moment(String text) {
        try {
            return text.matches("[0-9]{1,11}")
                    ? Instant.ofEpochSecond(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unknown) {
            // A time without zone, as one tool writes, would be a guess.
            return null;
        }
    }
}
