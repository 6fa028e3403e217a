package ekiden.model.definition;

import java.util.List;

/**
 * Which mails match. AND between the lists that are not empty, OR inside a list; at least one list is not empty: see {@link #ANY}.
 *
 * @param from exact addresses of the From header (case is ignored, as everywhere in practice)
 * @param subject parts of the subject, case-sensitive
 * @param text parts of the body text, case-sensitive
 */
public record Conditions(List<String> from, List<String> subject, List<String> text) {
    /** Every mail: the empty text is a part of every subject. Nobody comes to it by leaving something out. */
    public static final Conditions ANY = new Conditions(List.of(), List.of(""), List.of());

    /** Copies the lists. */
    public Conditions {
        from = List.copyOf(from);
        subject = List.copyOf(subject);
        text = List.copyOf(text);
    }
}
