package ekiden.mail.match;

import ekiden.model.mail.HeaderValues;
import ekiden.model.mail.MailFacts;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.Surroundings;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A mail as conditions see it. What is null or unknown of it leaves conditions open, which is not the same as missed: a reader that has only the header
 * asks so whether it must fetch the rest. Used by one thread at a time.
 *
 * @param summary what the header says, and the attachments where {@code whole}
 * @param whole whether the attachments are known
 * @param size bytes as it arrived; negative where unknown
 * @param sender envelope sender, empty for the null sender, null where unknown
 * @param text body text, lines ended by LF; null where unknown
 * @param attached text of text attachments, asked for only where it matters; null where unknown
 * @param header all header fields; null where unknown
 * @param surroundings what must be known beside it
 */
public record TestedMail(
        MailSummary summary,
        boolean whole,
        long size,
        @Nullable String sender,
        @Nullable String text,
        @Nullable Supplier<@Nullable String> attached,
        @Nullable HeaderValues header,
        Surroundings surroundings) {

    /**
     * A mail that was read whole.
     *
     * @param summary what it is
     * @param text its body text
     * @param header its header
     * @param size its bytes
     * @return the mail; without envelope, text of attachments and surroundings
     */
    public static TestedMail whole(MailSummary summary, String text, HeaderValues header, long size) {
        return new TestedMail(summary, true, size, null, text, null, header, Surroundings.NONE);
    }

    /**
     * A mail of which only the header is here.
     *
     * @param summary what the header says
     * @param header the header
     * @param size bytes of the whole mail
     * @param surroundings what must be known beside it
     * @return the mail
     */
    public static TestedMail header(
            MailSummary summary, @Nullable HeaderValues header, long size, Surroundings surroundings) {
        return new TestedMail(summary, false, size, null, null, null, header, surroundings);
    }

    /**
     * A mail of the catalogue.
     *
     * @param summary what the catalogue has of it
     * @param size its bytes; negative where unknown
     * @param sender envelope sender, or null where unknown
     * @param surroundings what must be known beside it
     * @return the mail
     */
    public static TestedMail catalogue(
            MailSummary summary, long size, @Nullable String sender, Surroundings surroundings) {
        return new TestedMail(summary, true, size, sender, null, null, null, surroundings);
    }

    /**
     * @param from its envelope sender, or null where unknown
     * @param known what must be known beside it
     * @return this mail with those
     */
    public TestedMail within(@Nullable String from, Surroundings known) {
        return new TestedMail(summary, whole, size, from, text, attached, header, known);
    }

    /**
     * @param noted what was noted when it came, or null
     * @return this mail with that
     */
    public TestedMail noted(@Nullable MailFacts noted) {
        MailSummary known = noted == null ? summary : summary.with(noted);
        return new TestedMail(known, whole, size, sender, text, attached, header, surroundings);
    }

    /**
     * @param more gives the text of its text attachments, or null where it cannot be had
     * @return this mail with that
     */
    public TestedMail withAttached(Supplier<@Nullable String> more) {
        return new TestedMail(summary, whole, size, sender, text, more, header, surroundings);
    }

    /** Whether a job of this Ekiden has sent it. */
    boolean own() {
        return surroundings.own(summary.messageId());
    }

    /** The sign by which it is an automatic mail, empty where it is none, null where that is not known. */
    @Nullable
    String automatic() {
        if (header != null) {
            String sign = Automatic.sign(header, summary, sender);
            return sign == null ? "" : sign;
        }
        MailFacts facts = summary.facts();
        if (facts == null) {
            return null;
        }
        return facts.automatic() == null ? "" : facts.automatic();
    }

    /** What the trusted server says has passed; null where that is not known. */
    @Nullable
    List<String> passed() {
        String authserv = surroundings.authserv();
        if (header != null && authserv != null) {
            return AuthResults.passed(header.raw("authentication-results"), authserv, summary.from());
        }
        MailFacts facts = summary.facts();
        if (facts != null) {
            return facts.passed();
        }
        return header == null ? null : List.of();
    }

    /**
     * What is kept of it beside its summary.
     *
     * @return the facts; of a mail whose header and text are known
     */
    public MailFacts facts() {
        String sign = automatic();
        List<String> passed = passed();
        String body = text == null ? "" : text;
        return new MailFacts(
                sign == null || sign.isEmpty() ? null : sign,
                passed == null ? List.of() : passed,
                body,
                body.length(),
                List.of(),
                0);
    }
}
