package ekiden.mail.mime;

import ekiden.base.Ascii;
import ekiden.model.mail.Address;
import ekiden.model.mail.Bounce;
import ekiden.model.mail.HeaderValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a mail says about the delivery of another one: {@code message/delivery-status} (RFC 3464, RFC 6533) and the header that comes back with it; where a
 * server writes no report, the Message-ID in what it gives back and the recipients that it names. Believes nothing: whether that mail was ever sent is
 * for others to find out.
 */
public final class BounceReader {
    /** Bytes of a report, and of a returned header, that are read. */
    static final int MOST_BYTES = 64 * 1024;

    /** Characters of the text that are searched where there is no report. */
    static final int MOST_TEXT = 64 * 1024;

    private static final Set<String> REPORTS = Set.of("message/delivery-status", "message/global-delivery-status");
    private static final Set<String> RETURNED = Set.of(
            "message/rfc822",
            "message/global",
            "text/rfc822-headers",
            "message/global-headers",
            "message/rfc822-headers");
    private static final Pattern MESSAGE_ID =
            Pattern.compile("(?im)^[ \\t>]{0,8}Message-ID:\\s{0,4}(<[^<>\\s]{1,250}>)");
    /** {@code <name@domain>:} on a line of its own, as qmail and those that follow it write. */
    private static final Pattern NAMED = Pattern.compile("(?m)^<([^<>\\s]{1,250}@[^<>\\s]{1,250})>:[ \\t]*(.{0,500})$");

    /** A plus and an equals sign in xtext. */
    private static final Pattern ENCODED = Pattern.compile("\\+(2B|3D)");

    private static final Pattern STATUS = Pattern.compile("\\b([245]\\.\\d{1,3}\\.\\d{1,3})\\b");

    private BounceReader() {}

    /**
     * Whether it is worth while to look further than the header.
     *
     * @param header the mail's
     * @param from its authors
     * @return whether the mail may say something about the delivery of another one
     */
    public static boolean mayBe(HeaderValues header, List<Address> from) {
        String type = Ascii.lower(first(header.raw("content-type")));
        if (type.startsWith("multipart/report")) {
            return !type.contains("disposition-notification") && !type.contains("feedback-report");
        }
        return from.stream().anyMatch(BounceReader::daemon)
                || !header.raw("x-failed-recipients").isEmpty()
                || first(header.raw("return-path")).replace(" ", "").equals("<>");
    }

    private static boolean daemon(Address author) {
        String local = Ascii.lower(author.address());
        return local.startsWith("mailer-daemon") || local.startsWith("postmaster@");
    }

    private static String first(List<String> values) {
        return values.isEmpty() ? "" : values.getFirst().strip();
    }

    /**
     * Reads it.
     *
     * @param message the mail
     * @param raw its bytes
     * @return what it says; empty where it names no other mail
     * @throws IOException when the bytes cannot be read
     */
    public static Optional<Bounce> read(Message message, RawSource raw) throws IOException {
        if (!mayBe(message.header(), message.summary().from())) {
            return Optional.empty();
        }
        Set<String> ids = new LinkedHashSet<>();
        List<Bounce.Recipient> recipients = new ArrayList<>();
        for (Part part : message.attachments()) {
            if (REPORTS.contains(part.summary().type())) {
                report(groups(text(part, raw)), ids, recipients);
            }
        }
        for (Part part : message.attachments()) {
            if (RETURNED.contains(part.summary().type())) {
                ids(header(text(part, raw)), ids);
            }
        }
        if (recipients.isEmpty()) {
            String text = message.text();
            String start = text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT);
            ids(start, ids);
            named(message.header(), start, recipients);
            if (recipients.isEmpty() && speaks(message)) {
                recipients.add(nobodyNamed(start));
            }
        }
        return ids.isEmpty() || recipients.isEmpty()
                ? Optional.empty()
                : Optional.of(new Bounce(List.copyOf(ids), recipients));
    }

    /** An automatic answer has no return path either, and may bring the mail that it answers: without a name it is believed only of a mail system. */
    private static boolean speaks(Message message) {
        return Ascii.lower(first(message.header().raw("content-type"))).startsWith("multipart/report")
                || message.summary().from().stream().anyMatch(BounceReader::daemon);
    }

    /** A warning that it has not been delivered yet has no other mark than its code. */
    private static Bounce.Recipient nobodyNamed(String text) {
        Set<String> statuses = new LinkedHashSet<>();
        Matcher found = STATUS.matcher(text);
        while (found.find()) {
            statuses.add(Objects.requireNonNull(found.group(1)));
        }
        boolean warning = statuses.stream().anyMatch(status -> status.startsWith("4"))
                && statuses.stream().noneMatch(status -> status.startsWith("5"));
        return new Bounce.Recipient("", warning ? Bounce.Action.DELAYED : Bounce.Action.FAILED, "", "");
    }

    private static String text(Part part, RawSource raw) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = part.open(raw)) {
            bytes.write(in.readNBytes(MOST_BYTES));
        }
        return bytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n").replace('\r', '\n');
    }

    private static String header(String mail) {
        int end = mail.indexOf("\n\n");
        return end < 0 ? mail : mail.substring(0, end);
    }

    private static void ids(String text, Set<String> ids) {
        Matcher found = MESSAGE_ID.matcher(text.replaceAll("\\n[ \\t]+", " "));
        while (found.find() && ids.size() < Bounce.MAX_IDS) {
            ids.add(Objects.requireNonNull(found.group(1)));
        }
    }

    /** Fields stand in groups, between empty lines; a line that begins with a space goes on with the one before. */
    private static List<Map<String, String>> groups(String report) {
        List<Map<String, String>> groups = new ArrayList<>();
        for (String block : report.split("\\n[ \\t]*\\n", Bounce.MAX_RECIPIENTS + 2)) {
            Map<String, String> fields = new HashMap<>();
            for (String line : block.replaceAll("\\n[ \\t]+", " ").split("\\n", -1)) {
                int colon = line.indexOf(':');
                if (colon > 0) {
                    fields.putIfAbsent(
                            Ascii.lower(line.substring(0, colon).strip()),
                            line.substring(colon + 1).strip());
                }
            }
            if (!fields.isEmpty()) {
                groups.add(fields);
            }
        }
        return groups;
    }

    private static void report(List<Map<String, String>> groups, Set<String> ids, List<Bounce.Recipient> recipients) {
        for (Map<String, String> group : groups) {
            String envelope = plain(group.getOrDefault("original-envelope-id", ""));
            if (envelope.indexOf('@') > 0) {
                ids.add(envelope.startsWith("<") ? envelope : "<" + envelope + ">");
            }
            String status = status(group.getOrDefault("status", ""));
            Bounce.Action action = action(group.get("action"), status);
            String who = address(group);
            if (action != null && !(who.isEmpty() && group.get("action") == null)) {
                recipients.add(
                        new Bounce.Recipient(who, action, status, value(group.getOrDefault("diagnostic-code", ""))));
            }
        }
    }

    /** Whom we wrote to says more than what an alias made of it. */
    private static String address(Map<String, String> group) {
        String original = value(group.getOrDefault("original-recipient", ""));
        String last = value(group.getOrDefault("final-recipient", ""));
        if (original.isEmpty()) {
            return last;
        }
        return !original.equalsIgnoreCase(last) && isXtext(original) ? plain(original) : original;
    }

    /**
     * Some servers write the address as it was given to them in ORCPT, others (Postfix) plain. Only what has to be is written as a number in xtext, and of
     * that a plus or an equals sign is all that an address without quotation marks can hold: {@code sales+2026@example.jp} is plain.
     */
    private static boolean isXtext(String address) {
        return ENCODED.matcher(address).find()
                && ENCODED.matcher(address).replaceAll("").indexOf('+') < 0;
    }

    /** What stands behind the type, as in {@code rfc822; name@domain}. */
    private static String value(String field) {
        int end = field.indexOf(';');
        String value = (end < 0 ? field : field.substring(end + 1)).strip();
        return value.startsWith("<") && value.endsWith(">") ? value.substring(1, value.length() - 1) : value;
    }

    private static String status(String field) {
        Matcher found = STATUS.matcher(field);
        return found.find() ? Objects.requireNonNull(found.group(1)) : "";
    }

    private static Bounce.@Nullable Action action(@Nullable String word, String status) {
        for (Bounce.Action one : Bounce.Action.values()) {
            if (word != null && one.name().equalsIgnoreCase(word.split("[\\s;(]", 2)[0])) {
                return one;
            }
        }
        if (status.isEmpty()) {
            return null;
        }
        return switch (status.charAt(0)) {
            case '2' -> Bounce.Action.DELIVERED;
            case '4' -> Bounce.Action.DELAYED;
            default -> Bounce.Action.FAILED;
        };
    }

    /** Back from xtext (RFC 3461 §4). */
    private static String plain(String xtext) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < xtext.length(); i++) {
            char c = xtext.charAt(i);
            int high = c == '+' && i + 2 < xtext.length() ? hex(xtext.charAt(i + 1)) : -1;
            int low = high < 0 ? -1 : hex(xtext.charAt(i + 2));
            if (low < 0) {
                text.append(c);
            } else {
                text.append((char) (16 * high + low));
                i += 2;
            }
        }
        return text.toString();
    }

    /** Upper case only, as xtext has it: {@code taro+ab@example.jp} is an address. */
    private static int hex(char c) {
        return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }

    /** Who did not get it, where there is no report. */
    private static void named(HeaderValues header, String text, List<Bounce.Recipient> recipients) {
        Matcher found = NAMED.matcher(text);
        while (found.find() && recipients.size() < Bounce.MAX_RECIPIENTS) {
            String words = text.substring(found.start(2), Math.min(text.length(), found.start(2) + Bounce.MAX_TEXT));
            int end = words.indexOf("\n\n");
            String said = (end < 0 ? words : words.substring(0, end)).strip();
            recipients.add(new Bounce.Recipient(
                    Objects.requireNonNull(found.group(1)), Bounce.Action.FAILED, status(said), said));
        }
        if (recipients.isEmpty()) {
            for (String address :
                    String.join(",", header.raw("x-failed-recipients")).split(",", Bounce.MAX_RECIPIENTS)) {
                if (!address.isBlank()) {
                    recipients.add(new Bounce.Recipient(address.strip(), Bounce.Action.FAILED, "", ""));
                }
            }
        }
    }
}
