package ekiden.mail.match;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the conditions of one watch and one mail stand to each other: for people.
 *
 * @param verdict {@link Verdict#MET} where every condition is met, {@link Verdict#MISSED} where one is missed, else
 *     {@link Verdict#OPEN}
 * @param judgements one for each condition that was given, in the order of their names
 */
public record MatchResult(Verdict verdict, List<Judgement> judgements) {
    /** Copies the list. */
    public MatchResult {
        judgements = List.copyOf(judgements);
    }

    /** Whether a condition holds. */
    public enum Verdict {
        /** It does. */
        MET,
        /** It does not. */
        MISSED,
        /** What it asks for is not known of the mail. */
        OPEN
    }

    /** The conditions by name. */
    public enum Field {
        /** Authors. */
        FROM,
        /** Recipients. */
        TO,
        /** Copies. */
        CC,
        /** Subjects. */
        SUBJECT,
        /** Texts. */
        TEXT,
        /** Names of attachments. */
        ATTACHMENT,
        /** A header field. */
        HEADER,
        /** How large it is. */
        SIZE,
        /** Whether there are attachments. */
        HAS_ATTACHMENT,
        /** What shows that it is from whom it says. */
        AUTHENTICATED,
        /** Missed by a mail of this Ekiden that was not asked for. */
        OWN,
        /** Missed by an automatic answer that was not asked for. */
        AUTOMATIC,
        /** There is no condition at all; such a watch takes nothing. */
        NONE
    }

    /**
     * How one condition stands. What is shown of the mail is its content: for the person who asks, never for logs.
     *
     * @param field which
     * @param name the header field's name, else null
     * @param verdict whether it holds
     * @param wanted what was asked for, cut to {@value #MAX_SHOWN} characters; entries joined by {@code |}
     * @param seen the decoded value it was tested on, cut to {@value #MAX_SHOWN} characters; null where that is not known
     * @param parted where the entry that came nearest and the mail part; null unless words were missed
     */
    public record Judgement(
            Field field,
            @Nullable String name,
            Verdict verdict,
            String wanted,
            @Nullable String seen,
            @Nullable Parted parted) {
        /** Characters of a value that are shown. */
        public static final int MAX_SHOWN = 120;
    }

    /**
     * Where an entry and the mail part.
     *
     * @param wanted the entry's words
     * @param agreed how many of their characters, from the first, stand in the mail one after the other
     * @param instead what stands in the mail where the next one should, at most {@value #MAX_INSTEAD} characters; empty where the value ends there
     */
    public record Parted(String wanted, int agreed, String instead) {
        /** Characters that are shown of what stands there instead. */
        public static final int MAX_INSTEAD = 20;
    }

    /** {@return whether the mail matches} */
    public boolean matched() {
        return verdict == Verdict.MET;
    }

    /** {@return the conditions that are missed} */
    public List<Judgement> missed() {
        return judgements.stream()
                .filter(one -> one.verdict() == Verdict.MISSED)
                .toList();
    }
}
