package ekiden.mail.send;

import ekiden.base.Sha256;
import ekiden.model.definition.MailExtras;
import ekiden.model.mail.Address;
import ekiden.model.mail.MessageIds;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The header fields of a message and of its parts. Pure. */
final class MessageHead {
    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };
    /** A long thread keeps its beginning and its latest mails. */
    private static final int MAX_REFERENCES = 50;

    private MessageHead() {}

    /** What stands above everything, but for the Content fields. */
    static void write(MailDraft draft, HeaderWriter head) {
        head.field("Date", date(draft.date()));
        head.addresses("From", List.of(draft.from()));
        if (!draft.options().replyTo().isEmpty()) {
            head.addresses("Reply-To", draft.options().replyTo());
        }
        if (!draft.to().isEmpty()) {
            head.addresses("To", draft.to());
        } else if (draft.cc().isEmpty()) {
            head.field("To", "undisclosed-recipients:;");
        }
        if (!draft.cc().isEmpty()) {
            head.addresses("Cc", draft.cc());
        }
        head.text("Subject", draft.subject());
        head.ids("Message-ID", List.of(draft.messageId()));
        String inReplyTo = draft.inReplyTo();
        if (inReplyTo != null) {
            head.ids("In-Reply-To", List.of(inReplyTo));
        }
        if (!draft.references().isEmpty()) {
            head.ids("References", MessageIds.first(draft.references(), MAX_REFERENCES));
        }
        importance(draft.options().importance(), head);
        String canary = draft.besides().canary();
        if (canary != null) {
            head.field(MailDraft.CANARY, canary);
        }
        // RFC 3834 §5: nobody's holiday answer shall come back to a job.
        head.field("Auto-Submitted", "auto-generated");
        head.field("MIME-Version", "1.0");
    }

    /** RFC 2156 §5.3.6, and what older programs go by. */
    private static void importance(MailExtras.Importance importance, HeaderWriter head) {
        switch (importance) {
            case HIGH -> {
                head.field("Importance", "high");
                head.field("X-Priority", "1");
            }
            case NORMAL -> {}
            case LOW -> {
                head.field("Importance", "low");
                head.field("X-Priority", "5");
            }
        }
    }

    /** The fields of the body text, {@code plain} or {@code html}. */
    static void text(BodyText text, String subtype, Coding coding, HeaderWriter head) {
        head.field("Content-Type", "text/" + subtype + "; charset=" + coding.label());
        head.field("Content-Transfer-Encoding", text.encoding());
    }

    /** The fields of an attachment. */
    static void attachment(Attachment attachment, HeaderWriter head) {
        head.legacyName("Content-Type", mediaType(attachment.type()), attachment.name());
        head.fileName("Content-Disposition", "attachment", attachment.name());
        head.field("Content-Transfer-Encoding", "base64");
    }

    /** What a server must be able to carry. */
    static OutgoingMail.Form form(MailDraft draft) {
        List<Address> shown = new ArrayList<>(draft.to());
        shown.addAll(draft.cc());
        shown.addAll(draft.options().replyTo());
        shown.add(draft.from());
        boolean utf8 = shown.stream()
                .anyMatch(a ->
                        MailAddresses.needsUtf8(MailAddresses.wire(a.address()).orElseThrow()));
        return utf8 ? OutgoingMail.Form.UTF8 : OutgoingMail.Form.SEVEN_BIT;
    }

    /**
     * A boundary that follows from the Message-ID. {@code =_} cannot occur in base64 or quoted-printable (RFC 2045 §5), and a
     * text that stands as it is gets looked through.
     */
    static String boundary(String messageId, List<BodyText> texts) {
        List<String> bodies = texts.stream()
                .filter(text -> text.encoding().equals("7bit"))
                .map(text -> new String(text.bytes(), StandardCharsets.US_ASCII))
                .toList();
        for (int i = 0; ; i++) {
            String boundary = "=_ekiden_" + hash(messageId + " " + i);
            if (bodies.stream().noneMatch(body -> body.contains(boundary))) {
                return boundary;
            }
        }
    }

    private static String hash(String text) {
        return Sha256.hex(text).substring(0, 24);
    }

    // RFC 5322 §3.3, without the cost of a formatter's locale.
    static String date(OffsetDateTime at) {
        int minutes = Math.abs(at.getOffset().getTotalSeconds()) / 60;
        return DAYS[at.getDayOfWeek().getValue() - 1] + ", " + at.getDayOfMonth() + " "
                + MONTHS[at.getMonthValue() - 1] + " " + at.getYear() + " "
                + two(at.getHour()) + ":" + two(at.getMinute()) + ":" + two(at.getSecond()) + " "
                + (at.getOffset().getTotalSeconds() < 0 ? "-" : "+") + two(minutes / 60) + two(minutes % 60);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    // Only what stands for plain bytes: a multipart or message type would promise a structure that base64 hides.
    private static String mediaType(String type) {
        int slash = type.indexOf('/');
        boolean whole = slash > 0 && slash < type.length() - 1 && type.indexOf('/', slash + 1) < 0;
        boolean clean = type.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z')
                        || (c >= 'A' && c <= 'Z')
                        || (c >= '0' && c <= '9')
                        || "/!#$&^_.+-".indexOf(c) >= 0);
        boolean structure =
                type.regionMatches(true, 0, "multipart/", 0, 10) || type.regionMatches(true, 0, "message/", 0, 8);
        return whole && clean && !structure && type.length() <= 70 ? type : "application/octet-stream";
    }
}
