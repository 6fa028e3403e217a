package ekiden.model.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which mails match. AND between what is given, OR inside a list; at least one thing is given: see {@link #ANY}.
 *
 * @param from authors: exact addresses unless an entry says otherwise (case of ASCII letters is ignored, as everywhere in practice)
 * @param to recipients of the header, as {@code from}
 * @param cc copies of the header, as {@code from}
 * @param subject parts of the subject, case-sensitive unless an entry says otherwise
 * @param text parts of the body text, as {@code subject}
 * @param attachment parts of the name of an attachment, as {@code subject}
 * @param header further header fields; AND between different fields
 * @param size how large the mail is, or null
 * @param hasAttachment whether it has an attachment, or null where that does not matter
 * @param authenticated what shows that it is from whom it says; OR inside
 * @param include mails that are asked for beside the usual ones; this alone is no condition
 */
public record Conditions(
        List<Entry> from,
        List<Entry> to,
        List<Entry> cc,
        List<Entry> subject,
        List<Entry> text,
        List<Entry> attachment,
        List<HeaderCondition> header,
        @Nullable SizeRange size,
        @Nullable Boolean hasAttachment,
        List<Proof> authenticated,
        List<Include> include) {
    /** Nothing is given: no mail matches. */
    public static final Conditions NONE = new Conditions(List.of(), List.of(), List.of());

    /** Every mail: the empty text is a part of every subject. Nobody comes to it by leaving something out. */
    public static final Conditions ANY = new Conditions(List.of(), List.of(""), List.of());

    /** Copies the lists; what was written before there was one of them has none. */
    public Conditions {
        from = copy(from);
        to = copy(to);
        cc = copy(cc);
        subject = copy(subject);
        text = copy(text);
        attachment = copy(attachment);
        header = copy(header);
        authenticated = copy(authenticated);
        include = copy(include);
    }

    private static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /**
     * Conditions without options.
     *
     * @param from exact addresses
     * @param subject parts of the subject
     * @param text parts of the body text
     */
    public Conditions(List<String> from, List<String> subject, List<String> text) {
        this(
                plain(from),
                List.of(),
                List.of(),
                plain(subject),
                plain(text),
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                List.of());
    }

    private static List<Entry> plain(List<String> texts) {
        return texts.stream().map(Entry::fromText).toList();
    }

    /** {@return whether every mail matches} */
    public boolean any() {
        return subjectAlone() && subject.equals(ANY.subject());
    }

    /** {@return whether nothing is given} */
    public boolean none() {
        return subjectAlone() && subject.isEmpty();
    }

    /** Written out, because a short command asks it once, and a record that is compared takes 14 ms the first time. */
    private boolean subjectAlone() {
        return size == null
                && hasAttachment == null
                && List.of(from, to, cc, text, attachment, header, authenticated).stream()
                        .allMatch(List::isEmpty);
    }

    /**
     * @param more mails that are asked for beside the usual ones
     * @return these conditions for those
     */
    public Conditions including(List<Include> more) {
        return new Conditions(
                from, to, cc, subject, text, attachment, header, size, hasAttachment, authenticated, more);
    }

    /** {@return every entry of every list} */
    public List<Entry> entries() {
        List<Entry> all = new ArrayList<>();
        List.of(from, to, cc, subject, text, attachment).forEach(all::addAll);
        header.forEach(one -> all.addAll(one.entries()));
        return all;
    }

    /**
     * @param change what becomes of the entries of a list, whose name it is given
     * @return these conditions with that
     */
    public Conditions map(Change change) {
        return new Conditions(
                change.of("from", from),
                change.of("to", to),
                change.of("cc", cc),
                change.of("subject", subject),
                change.of("text", text),
                change.of("attachment", attachment),
                header.stream()
                        .map(one -> new HeaderCondition(one.name(), change.of("header." + one.name(), one.entries())))
                        .toList(),
                size,
                hasAttachment,
                authenticated,
                include);
    }

    /**
     * @param change what becomes of each text
     * @return these conditions with that
     */
    public Conditions mapTexts(UnaryOperator<String> change) {
        return map((list, entries) -> entries.stream()
                .map(entry -> entry.with(Objects.requireNonNull(change.apply(entry.text()))))
                .toList());
    }

    /** What becomes of a list of entries. */
    @FunctionalInterface
    public interface Change {
        /**
         * @param list its name in a definition
         * @param entries what stands in it
         * @return what stands in it afterwards
         */
        List<Entry> of(String list, List<Entry> entries);
    }
}
