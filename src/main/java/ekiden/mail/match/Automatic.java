package ekiden.mail.match;

import ekiden.base.Ascii;
import ekiden.model.mail.Address;
import ekiden.model.mail.HeaderValues;
import ekiden.model.mail.MailSummary;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a mail is an automatic answer: a bounce, a receipt, a note of absence, or a mail that goes round in circles. Nothing that a machine sends of its own
 * accord is meant ({@code Auto-Submitted: auto-generated}, {@code Precedence: bulk} or {@code list} by themselves): orders come so. RFC 3834; the
 * fields it does not name are those that systems in use write.
 */
final class Automatic {
    /** RFC 5321 §6.3: a mail that passed so many servers goes in a circle. */
    private static final int MOST_HOPS = 100;

    private static final List<String> ANSWERING_MACHINES =
            List.of("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply");

    private static final Set<String> DENIALS = Set.of("no", "false", "none", "off", "0");

    private Automatic() {}

    /** The field or fact that says so, or null. */
    static @Nullable String sign(HeaderValues header, MailSummary mail, @Nullable String sender) {
        String submitted = header.firstWord("auto-submitted");
        if (submitted.equals("auto-replied")) {
            return "Auto-Submitted: auto-replied";
        }
        if (header.firstWord("content-type").equals("multipart/report")) {
            return "Content-Type: multipart/report";
        }
        for (Address author : mail.from()) {
            if (daemon(author)) {
                return "From: MAILER-DAEMON";
            }
        }
        for (String field : ANSWERING_MACHINES) {
            if (header.count(field) > 0 && header.raw(field).stream().anyMatch(Automatic::affirms)) {
                return field;
            }
        }
        String precedence = header.firstWord("precedence");
        if (precedence.equals("auto_reply")) {
            return "Precedence: auto_reply";
        }
        if (header.count("received") > MOST_HOPS) {
            return "Received: more than " + MOST_HOPS;
        }
        boolean answers = header.count("in-reply-to") > 0 || header.count("references") > 0;
        return answers ? answer(header, submitted, precedence, sender) : null;
    }

    /** Signs that say little alone: of an answer they say that no person has written it. */
    private static @Nullable String answer(
            HeaderValues header, String submitted, String precedence, @Nullable String sender) {
        if (nullSender(header, sender)) {
            return "Return-Path: <>";
        }
        boolean suppresses = header.count("x-auto-response-suppress") > 0;
        if (suppresses && !submitted.isEmpty() && !submitted.equals("no")) {
            return "X-Auto-Response-Suppress";
        }
        boolean ofAList = header.count("list-id") > 0 || header.count("list-post") > 0;
        boolean junk = precedence.equals("junk") || precedence.equals("bulk");
        return (junk && !ofAList) ? "Precedence: " + precedence : null;
    }

    private static boolean nullSender(HeaderValues header, @Nullable String sender) {
        if (sender != null) {
            return sender.isEmpty();
        }
        List<String> path = header.of("return-path");
        return !path.isEmpty() && path.getFirst().replace(" ", "").equals("<>");
    }

    private static boolean daemon(Address author) {
        String local = Ascii.lower(author.address());
        return local.startsWith("mailer-daemon@") || local.equals("mailer-daemon");
    }

    /** Some programs write the field into every mail and say in it whether it holds. */
    private static boolean affirms(String value) {
        return !DENIALS.contains(HeaderValues.wordOf(value));
    }
}
