package ekiden.mail.send;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.model.mail.Address;
import ekiden.model.mail.MessageIds;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what is wrong with a draft before a byte is written. Pure. */
final class DraftCheck {
    private final MailDraft draft;
    private final ComposeLimits limits;

    DraftCheck(MailDraft draft, ComposeLimits limits) {
        this.draft = draft;
        this.limits = limits;
    }

    /** {@return the first problem, or empty where there is none} */
    Optional<Problem> problem() {
        return envelope()
                .or(() -> addresses("from", List.of(draft.from())))
                .or(() -> addresses("to", draft.to()))
                .or(() -> addresses("cc", draft.cc()))
                .or(() -> addresses("bcc", draft.bcc()))
                .or(() -> addresses("reply-to", draft.options().replyTo()))
                .or(() -> line("subject", draft.subject()))
                .or(this::canary)
                .or(this::thread)
                .or(() -> text("text", draft.text()))
                .or(() -> text("html", draft.options().html()))
                .or(() -> text("signature", draft.options().signature()))
                .or(this::attachments);
    }

    private Optional<Problem> canary() {
        String canary = draft.besides().canary();
        return canary == null ? Optional.empty() : line(MailDraft.CANARY, canary);
    }

    private Optional<Problem> envelope() {
        int count = draft.to().size() + draft.cc().size() + draft.bcc().size();
        int answers = draft.options().replyTo().size();
        if (count == 0) {
            return is(ComposeMessage.NO_RECIPIENT);
        }
        return Math.max(count, answers) > limits.recipients()
                ? is(
                        ComposeMessage.TOO_MANY_RECIPIENTS,
                        "count",
                        Math.max(count, answers),
                        "limit",
                        limits.recipients())
                : Optional.empty();
    }

    private Optional<Problem> addresses(String field, List<Address> addresses) {
        for (Address address : addresses) {
            String name = address.name();
            Optional<Problem> bad = name == null ? Optional.empty() : line(field, name);
            bad = bad.or(() -> line(field, address.address()));
            if (bad.isPresent()) {
                return bad;
            }
            if (MailAddresses.wire(address.address()).isEmpty()) {
                return is(ComposeMessage.BAD_ADDRESS, "address", MailAddresses.shown(address.address()));
            }
        }
        return Optional.empty();
    }

    private Optional<Problem> thread() {
        Optional<Problem> bad = id("Message-ID", draft.messageId());
        String inReplyTo = draft.inReplyTo();
        if (bad.isEmpty() && inReplyTo != null) {
            bad = id("In-Reply-To", inReplyTo);
        }
        for (String reference : draft.references()) {
            bad = bad.or(() -> id("References", reference));
        }
        return bad;
    }

    private static Optional<Problem> id(String field, String id) {
        return MessageIds.valid(id)
                ? Optional.empty()
                : is(ComposeMessage.BAD_MESSAGE_ID, "field", field, "value", MailAddresses.shown(id));
    }

    private Optional<Problem> line(String field, String value) {
        if (TextRules.breaksLine(value)) {
            return is(ComposeMessage.LINE_BREAK, "field", field);
        }
        if (value.length() > limits.fieldChars()) {
            return is(ComposeMessage.FIELD_TOO_LONG, "field", field, "limit", limits.fieldChars());
        }
        return TextRules.wellFormed(value) ? Optional.empty() : is(ComposeMessage.BROKEN_TEXT, "field", field);
    }

    private Optional<Problem> text(String field, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        if (text.length() > limits.textChars()) {
            return is(ComposeMessage.FIELD_TOO_LONG, "field", field, "limit", limits.textChars());
        }
        return TextRules.wellFormed(text) ? Optional.empty() : is(ComposeMessage.BROKEN_TEXT, "field", field);
    }

    private Optional<Problem> attachments() {
        if (draft.attachments().size() > limits.attachments()) {
            return is(
                    ComposeMessage.TOO_MANY_ATTACHMENTS,
                    "count",
                    draft.attachments().size(),
                    "limit",
                    limits.attachments());
        }
        for (Attachment attachment : draft.attachments()) {
            Optional<Problem> bad = line("attachment", attachment.name()).or(() -> line("type", attachment.type()));
            if (bad.isPresent()) {
                return bad;
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> is(MessageId message, Object... namesAndValues) {
        return Optional.of(Problem.of(message, namesAndValues));
    }
}
