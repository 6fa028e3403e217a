package ekiden.mail.send;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a mail says: its text, or text and HTML as alternatives (RFC 2046 §5.1.4), the plain one first. Pure. */
final class MailBody {
    private static final byte[] CRLF = {'\r', '\n'};

    private final MailDraft draft;
    private final Coding coding;
    private final List<BodyText> texts;

    MailBody(Wording wording) {
        this.draft = wording.draft();
        this.coding = wording.coding();
        String html = draft.options().html();
        BodyText text = BodyText.of(draft.text(), coding);
        this.texts = html == null ? List.of(text) : List.of(text, BodyText.of(html, coding));
    }

    /** {@return what a boundary around it must not stand in} */
    List<BodyText> texts() {
        return texts;
    }

    /** Its Content fields. */
    void fields(HeaderWriter head) {
        if (texts.size() == 1) {
            MessageHead.text(texts.getFirst(), "plain", coding, head);
        } else {
            head.field("Content-Type", "multipart/alternative; boundary=\"" + boundary() + "\"");
        }
    }

    private String boundary() {
        return MessageHead.boundary(draft.messageId() + " alternative", texts);
    }

    /** {@return what follows its fields and an empty line} */
    byte[] bytes() {
        if (texts.size() == 1) {
            return texts.getFirst().bytes();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        part(out, "--", "plain", texts.getFirst());
        part(out, "\r\n--", "html", texts.getLast());
        out.writeBytes(("\r\n--" + boundary() + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private void part(ByteArrayOutputStream out, String dashes, String subtype, BodyText text) {
        HeaderWriter head = new HeaderWriter(coding);
        MessageHead.text(text, subtype, coding, head);
        out.writeBytes((dashes + boundary() + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(head.bytes());
        out.writeBytes(CRLF);
        out.writeBytes(text.bytes());
    }
}
