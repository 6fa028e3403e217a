package ekiden.mail.send;

import ekiden.mail.profile.CharsetRule;
import ekiden.model.definition.MailExtras;
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
     * @param options what its author chose
     */
    public record Extras(CharsetRule charsets, @Nullable String canary, Options options) {
        /** In UTF-8, and nothing. */
        public static final Extras NONE = new Extras(CharsetRule.UTF_8, null, Options.NONE);

        /**
         * @param mark what the field {@link #CANARY} says
         * @return that, in UTF-8
         */
        public static Extras canary(String mark) {
            return new Extras(CharsetRule.UTF_8, mark, Options.NONE);
        }
    }

    /**
     * What the author of a mail can choose.
     *
     * @param replyTo where answers go; empty for the author
     * @param html the body as HTML beside the text, which is made from it where it is empty; or null
     * @param signature text to set below the body, or null
     * @param importance as mail programs show it
     */
    public record Options(
            List<Address> replyTo,
            @Nullable String html,
            @Nullable String signature,
            MailExtras.Importance importance) {
        /** Nothing. */
        public static final Options NONE = new Options(List.of(), null, null, MailExtras.Importance.NORMAL);

        /** Copies the list. */
        public Options {
            replyTo = List.copyOf(replyTo);
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
        return with(new Extras(rule, besides().canary(), options()));
    }

    /** {@return what its author chose} */
    public Options options() {
        return besides().options();
    }

    /**
     * @param chosen what its author chose
     * @return the same with that
     */
    public MailDraft with(Options chosen) {
        return with(new Extras(besides().charsets(), besides().canary(), chosen));
    }

    /** {@return the same with this text and HTML, and no signature} */
    MailDraft saying(String said, @Nullable String html) {
        MailDraft same = new MailDraft(
                from, to, cc, bcc, subject, said, attachments, messageId, date, inReplyTo, references, extras);
        return same.with(new Options(options().replyTo(), html, null, options().importance()));
    }

    /** {@return everything that people read and that may hold any character} */
    List<String> texts() {
        List<String> texts = new ArrayList<>(List.of(subject, text));
        String html = options().html();
        if (html != null) {
            texts.add(html);
        }
        String signature = options().signature();
        if (signature != null) {
            texts.add(signature);
        }
        Stream.of(List.of(from), to, cc, options().replyTo())
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
                        extras)
                .with(mapped(options(), change));
    }

    private static Options mapped(Options options, UnaryOperator<String> change) {
        String html = options.html();
        String signature = options.signature();
        return new Options(
                mapped(options.replyTo(), change),
                html == null ? null : change.apply(html),
                signature == null ? null : change.apply(signature),
                options.importance());
    }

    private static List<Address> mapped(List<Address> addresses, UnaryOperator<String> change) {
        return addresses.stream().map(one -> mapped(one, change)).toList();
    }

    private static Address mapped(Address address, UnaryOperator<String> change) {
        String name = address.name();
        return name == null ? address : new Address(change.apply(name), address.address());
    }
}
