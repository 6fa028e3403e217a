package ekiden.testing.sim;

import ekiden.mail.spool.SpoolRecipient;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A mail of the outside world.
 *
 * @param number tells it from the others
 * @param sender envelope sender and author
 * @param recipients for whom
 * @param subject its words
 * @param token stands in the body and in no other mail
 * @param text the body
 * @param attachments contents of the attachments
 * @param readable whether the limits let it be read
 * @param bytes what is sent, ASCII
 */
record SimMail(
        int number,
        String sender,
        List<SpoolRecipient> recipients,
        String subject,
        String token,
        String text,
        List<String> attachments,
        boolean readable,
        String bytes) {
    static final List<String> SENDERS = List.of("edi@a.example", "boss@b.example", "Shop@C.example");
    static final List<String> WORDS = List.of("order", "invoice", "approved", "report");
    /** Words of bodies: of most, of some, of few. */
    static final List<String> TEXTS = List.of("token", "line 2 of", "line 20 of");
    /** More than the world's reader takes. */
    static final int HEADER_LIMIT = 4_000;

    private static final List<SpoolRecipient> RECIPIENTS = List.of(
            new SpoolRecipient("orders@here.example", "orders"),
            new SpoolRecipient("Sales@here.example", "orders"),
            new SpoolRecipient("support@here.example", "support"));

    static SimMail drawn(int number, Chance chance) {
        String sender = chance.of(SENDERS);
        String subject = chance.of(WORDS) + (chance.one(3) ? " and " + chance.of(WORDS) : "");
        String token = "token-" + number + "-" + chance.below(1_000_000);
        StringBuilder text = new StringBuilder(token).append('\n');
        for (int line = chance.below(chance.one(8) ? 60 : 5); line > 0; line--) {
            text.append("line ")
                    .append(line)
                    .append(" of the text of ")
                    .append(number)
                    .append('\n');
        }
        List<String> attachments = new ArrayList<>();
        for (int n = chance.one(2) ? 0 : chance.between(1, 2); n > 0; n--) {
            attachments.add("content " + n + " of " + token + " ".repeat(chance.below(200)));
        }
        boolean readable = !chance.one(15);
        List<SpoolRecipient> recipients = recipients(chance);
        String bytes = bytes(number, sender, subject, text.toString(), attachments, readable);
        return new SimMail(number, sender, recipients, subject, token, text.toString(), attachments, readable, bytes);
    }

    /** A mail of ours comes back. None of the conditions fits it. */
    static SimMail bounce(int number, String messageId, int copy) {
        String sender = "MAILER-DAEMON@out.example";
        String mark = "back-" + number + "-" + copy;
        String text = mark + "\nIt could not be delivered.\n";
        String bytes = """
                From: %s
                To: orders@here.example
                Subject: Undelivered
                Message-ID: <%d@out.example>
                Date: Mon, 23 Nov 2026 10:00:00 +0000
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary=bb

                --bb

                %s
                --bb
                Content-Type: message/delivery-status

                Reporting-MTA: dns; out.example

                Final-Recipient: rfc822; to@out.example
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550 5.1.1 nobody

                --bb
                Content-Type: text/rfc822-headers

                Message-ID: %s

                --bb--
                """.formatted(sender, number, text, messageId).replace("\n", "\r\n");
        return new SimMail(
                number, sender, List.of(RECIPIENTS.getFirst()), "Undelivered", mark, text, List.of(), true, bytes);
    }

    /** For whom a row of the catalogue is, for each mailbox: the recipients that lead there, in the order of the envelope. */
    Map<String, String> rows() {
        return recipients.stream()
                .collect(Collectors.groupingBy(
                        SpoolRecipient::mailbox,
                        LinkedHashMap::new,
                        Collectors.mapping(SpoolRecipient::address, Collectors.joining(", "))));
    }

    /** By what the mail of each row is found again. */
    List<String> keys() {
        return rows().values().stream()
                .map(recipient -> sender + " " + recipient + " " + sha256())
                .toList();
    }

    private static List<SpoolRecipient> recipients(Chance chance) {
        SpoolRecipient first = chance.of(RECIPIENTS);
        SpoolRecipient second = chance.of(RECIPIENTS);
        return chance.one(6) && !first.equals(second) ? List.of(first, second) : List.of(first);
    }

    private static String bytes(
            int number, String sender, String subject, String text, List<String> attachments, boolean readable) {
        StringBuilder mail = new StringBuilder();
        mail.append("From: ").append(sender).append("\r\nTo: orders@here.example\r\nSubject: ");
        mail.append(subject).append("\r\nMessage-ID: <").append(number).append("@out.example>\r\n");
        mail.append("Date: Mon, 23 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n");
        if (!readable) {
            mail.append("X-Long: ").append(" x".repeat(HEADER_LIMIT)).append("\r\n");
        }
        String body = text.replace("\n", "\r\n");
        if (attachments.isEmpty()) {
            mail.append("\r\n").append(body);
        } else {
            mail.append("Content-Type: multipart/mixed; boundary=bb\r\n\r\n--bb\r\n\r\n")
                    .append(body);
            for (int i = 0; i < attachments.size(); i++) {
                mail.append("\r\n--bb\r\nContent-Type: application/octet-stream; name=f")
                        .append(i);
                mail.append(".bin\r\nContent-Transfer-Encoding: base64\r\n\r\n");
                mail.append(Base64.getMimeEncoder()
                        .encodeToString(attachments.get(i).getBytes(StandardCharsets.US_ASCII)));
            }
            mail.append("\r\n--bb--\r\n");
        }
        return mail.toString();
    }

    /** Our own reading of the conditions. */
    boolean matches(Conditions conditions) {
        boolean from = conditions.from().isEmpty()
                || conditions.from().stream().map(Entry::text).anyMatch(sender::equalsIgnoreCase);
        boolean words = conditions.subject().isEmpty()
                || conditions.subject().stream().map(Entry::text).anyMatch(subject::contains);
        boolean body = conditions.text().isEmpty()
                || conditions.text().stream().map(Entry::text).anyMatch(text::contains);
        return from && words && body;
    }

    String sha256() {
        return sha256(bytes.getBytes(StandardCharsets.US_ASCII));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
