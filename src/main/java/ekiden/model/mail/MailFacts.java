package ekiden.model.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about a mail when it was read whole and what its summary does not say: kept, so that it can be told why the mail was taken or not when its
 * bytes are gone.
 *
 * @param automatic the sign by which it is a bounce, a receipt or an answer of absence, or null where it is none
 * @param passed what the mailbox's own server says has passed ({@code dkim}, {@code dmarc}, {@code spf}); empty where it says
 *     nothing, or where no server's word is trusted
 * @param textStart how its body text begins, at most {@value #MAX_TEXT} characters
 * @param textLength characters of its body text
 * @param matched ids of watches in the stream that it matched, at most {@value #MAX_MATCHED}
 * @param matches how many those were in all
 * @param bounce what it says about the delivery of another mail, or null
 */
public record MailFacts(
        @Nullable String automatic,
        List<String> passed,
        String textStart,
        int textLength,
        List<String> matched,
        int matches,
        @Nullable Bounce bounce) {
    /** Watches whose ids are kept. */
    public static final int MAX_MATCHED = 100;

    /** Characters of the text that are kept. */
    public static final int MAX_TEXT = 120;

    /** Nothing. */
    public static final MailFacts NONE = new MailFacts(null, List.of(), "", 0, List.of(), 0);

    /** Copies the list; cuts the text. */
    public MailFacts {
        passed = List.copyOf(passed);
        matched = List.copyOf(matched.size() <= MAX_MATCHED ? matched : matched.subList(0, MAX_MATCHED));
        textStart = textStart.length() <= MAX_TEXT ? textStart : cut(textStart);
    }

    /**
     * Of a mail that says nothing about another one.
     *
     * @param automatic the sign by which it is an automatic mail, or null
     * @param passed what has passed
     * @param textStart how its body text begins
     * @param textLength characters of its body text
     * @param matched ids of watches that it matched
     * @param matches how many those were
     */
    public MailFacts(
            @Nullable String automatic,
            List<String> passed,
            String textStart,
            int textLength,
            List<String> matched,
            int matches) {
        this(automatic, passed, textStart, textLength, matched, matches, null);
    }

    /**
     * @param about what it says about the delivery of another mail, or null
     * @return these facts with that
     */
    public MailFacts bounced(@Nullable Bounce about) {
        return new MailFacts(automatic, passed, textStart, textLength, matched, matches, about);
    }

    private static String cut(String text) {
        int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
        return text.substring(0, end);
    }

    /**
     * @param watches ids of the watches in the stream that it matched
     * @return these facts with those
     */
    public MailFacts matching(List<String> watches) {
        return new MailFacts(automatic, passed, textStart, textLength, watches, watches.size(), bounce);
    }

    /**
     * @param watch a watch that was in the stream when the mail came
     * @return whether it is not known that the mail did not match it
     */
    public boolean mayHaveMatched(String watch) {
        return matched.contains(watch) || matches > matched.size();
    }

    /** {@return whether the text that is kept is all of it} */
    public boolean wholeText() {
        return textStart.length() == textLength;
    }
}
