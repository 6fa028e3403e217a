package ekiden.mail.send;

import ekiden.base.Problem;
import ekiden.mail.profile.MailCharset;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A draft as it is written: the character set that its recipients shall get, or UTF-8 for the whole mail where that one has not every character of it. Nothing is
 * ever replaced by a question mark. Pure.
 *
 * @param draft with its texts as the character set has them
 * @param coding that character set
 * @param note that it is not the one that its recipients should get, or null
 */
record Wording(MailDraft draft, Coding coding, @Nullable Problem note) {
    static Wording of(MailDraft begun) {
        MailDraft draft = Finish.of(begun);
        MailCharset wanted = draft.besides().charsets().of(recipients(draft));
        return switch (wanted) {
            case UTF_8 -> new Wording(draft, Coding.UTF_8, null);
            case ISO_2022_JP -> japanese(draft, draft, wanted);
            case ISO_2022_JP_MS -> japanese(draft, draft.mapped(JisText::widened), wanted);
        };
    }

    private static Wording japanese(MailDraft draft, MailDraft written, MailCharset wanted) {
        // Addresses beyond ASCII are in UTF-8 by RFC 6532, and then the rest is too.
        if (MessageHead.form(draft) == OutgoingMail.Form.UTF8) {
            return utf8(draft, wanted, "@");
        }
        boolean extras = wanted == MailCharset.ISO_2022_JP_MS;
        OptionalInt lost = written.texts().stream()
                .mapToInt(text -> JisText.lost(text, extras))
                .filter(c -> c >= 0)
                .findFirst();
        return lost.isEmpty()
                ? new Wording(written, Coding.ISO_2022_JP, null)
                : utf8(draft, wanted, "U+%04X".formatted(lost.getAsInt()));
    }

    private static Wording utf8(MailDraft draft, MailCharset wanted, String character) {
        String charset = wanted.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Wording(
                draft,
                Coding.UTF_8,
                Problem.of(ComposeMessage.OTHER_CHARSET, "charset", charset, "character", character));
    }

    private static List<String> recipients(MailDraft draft) {
        return Stream.of(draft.to(), draft.cc(), draft.bcc())
                .flatMap(List::stream)
                .map(address -> MailAddresses.wire(address.address()).orElseThrow())
                .toList();
    }
}
