package ekiden.mail.send;

import ekiden.mail.profile.CharsetRule;
import ekiden.model.mail.Address;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A mail before it is composed; every value is final ({@code ${name}} already replaced).
 *
 * @param from author, and envelope sender
 * @param to recipients, may be empty where there are others
 * @param cc copies
 * @param bcc blind copies: in the envelope, in no header
 * @param subject one line
 * @param text the body; any line ends
 * @param attachments in this order
 * @param messageId with angle brackets; given, so that a mail that is sent again keeps it
 * @param date the Date header, with the offset the receiver shall see
 * @param inReplyTo the Message-ID this answers, with angle brackets, or null
 * @param references Message-IDs of the thread, oldest first
 * @param extras what it has besides, or null for {@link Extras#NONE}
 */
public record MailDraft(
        Address from,
        List<Address> to,
        List<Address> cc,
        List<Address> bcc,
        String subject,
        String text,
        List<Attachment> attachments,
        String messageId,
        OffsetDateTime date,
        @Nullable String inReplyTo,
        List<String> references,
        @Nullable Extras extras) {
    /** The header field of a canary mail. Answers do not carry it and relays leave it alone, unlike a Message-ID or a subject. */
    public static final String CANARY = "Ekiden-Canary";

    /** Copies the lists. */
    public MailDraft {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        attachments = List.copyOf(attachments);
        references = List.copyOf(references);
    }

    /**
     * What a mail can have besides.
     *
     * @param charsets in which character set it is written
     * @param canary what the header field {@link #CANARY} says, by which the mailbox's reader recognises the mail, or null for no such field
     */
    public record Extras(CharsetRule charsets, @Nullable String canary) {
        /** In UTF-8, and nothing. */
        public static final Extras NONE = new Extras(CharsetRule.UTF_8, null);

        /**
         * @param mark what the field {@link #CANARY} says
         * @return that, in UTF-8
         */
        public static Extras canary(String mark) {
            return new Extras(CharsetRule.UTF_8, mark);
        }
    }

    /** {@return what it has besides} */
    public Extras besides() {
        return extras == null ? Extras.NONE : extras;
    }

    /**
     * @param more what it has besides
     * @return the same with that
     */
    public MailDraft with(Extras more) {
        return new MailDraft(
                from, to, cc, bcc, subject, text, attachments, messageId, date, inReplyTo, references, more);
    }

    /**
     * @param rule in which character set it is written
     * @return the same under that rule
     */
    public MailDraft with(CharsetRule rule) {
        return with(new Extras(rule, besides().canary()));
    }

    /** {@return everything that people read and that may hold any character} */
    List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(subject, text));
        Stream.of(List.of(from), to, cc)
                .flatMap(List::stream)
                .map(Address::name)
                .filter(Objects::nonNull)
                .forEach(texts::add);
        attachments.forEach(attachment -> texts.add(attachment.name()));
        return texts;
    }

    /** {@return the same with each of its {@link #texts} replaced} */
    MailDraft mapped(UnaryOperator<String> change) {
        return new MailDraft(
                mapped(from, change),
                mapped(to, change),
                mapped(cc, change),
                bcc,
                change.apply(subject),
                change.apply(text),
                attachments.stream()
                        .map(one -> new Attachment(one.file(), change.apply(one.name()), one.type()))
                        .toList(),
                messageId,
                date,
                inReplyTo,
                references,
                extras);
    }

    private static List<Address> mapped(List<Address> addresses, UnaryOperator<String> change) {
        return addresses.stream().map(one -> mapped(one, change)).toList();
    }

    private static Address mapped(Address address, UnaryOperator<String> change) {
        String name = address.name();
        return name == null ? address : new Address(change.apply(name), address.address());
    }
}
