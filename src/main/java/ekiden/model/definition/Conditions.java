package ekiden.model.definition;

import java.util.List;

/**
 * Which mails match. AND between the lists that are not empty, OR inside a list; at least one list is not empty.
 *
 * @param from exact addresses of the From header (case is ignored, as everywhere in practice)
 * @param subject parts of the subject, case-sensitive
 * @param text parts of the body text, case-sensitive
 */
public record Conditions(List<String> from, List<String> subject, List<String> text) {
    /** Copies the lists. */
    public Conditions {
        from = List.copyOf(from);
        subject = List.copyOf(subject);
        text = List.copyOf(text);
    }
}
