package ekiden.mail.send;

import ekiden.mail.profile.MailCharset;
import java.util.List;
import java.util.stream.Stream;

/**
 * A draft as it is written: the character set that its recipients shall get, or UTF-8 for the whole mail where that one has not every character of it. Nothing is
 * ever replaced by a question mark. Pure.
 *
 * @param draft with its texts as the character set has them
 * @param coding that character set
 */
record Wording(MailDraft draft, Coding coding) {
    static Wording of(MailDraft begun) {
        MailDraft draft = Finish.of(begun);
        MailCharset wanted = draft.besides().charsets().of(recipients(draft));
        return switch (wanted) {
            case UTF_8 -> new Wording(draft, Coding.UTF_8);
            case ISO_2022_JP -> japanese(draft, draft, false);
            case ISO_2022_JP_MS -> japanese(draft, draft.mapped(JisText::widened), true);
        };
    }

    private static Wording japanese(MailDraft draft, MailDraft written, boolean extras) {
        // Addresses beyond ASCII are in UTF-8 by RFC 6532, and then the rest is too.
        boolean ascii = MessageHead.form(draft) != OutgoingMail.Form.UTF8;
        boolean carried = ascii && written.texts().stream().allMatch(text -> JisText.carries(text, extras));
        return carried ? new Wording(written, Coding.ISO_2022_JP) : new Wording(draft, Coding.UTF_8);
    }

    private static List<String> recipients(MailDraft draft) {
        return Stream.of(draft.to(), draft.cc(), draft.bcc())
                .flatMap(List::stream)
                .map(address -> MailAddresses.wire(address.address()).orElseThrow())
                .toList();
    }
}
