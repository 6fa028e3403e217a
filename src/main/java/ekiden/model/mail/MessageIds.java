package ekiden.model.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Message-IDs as they may stand in a mail of ours (RFC 5322 §3.6.4, without comments and white space). Pure. */
public final class MessageIds {
    /** Characters of an id with its angle brackets. */
    public static final int MAX_CHARS = 500;

    /** Ids of a thread that are kept. */
    public static final int MAX_THREAD = 20;

    private static final Pattern FRAMED = Pattern.compile("<[^<>]*>");

    private MessageIds() {}

    /**
     * @param id with angle brackets
     * @return whether it can be written into a header
     */
    public static boolean valid(String id) {
        boolean framed = id.length() > 4
                && id.length() <= MAX_CHARS
                && id.startsWith("<")
                && id.endsWith(">")
                && id.indexOf('@') > 1;
        return framed && id.chars().allMatch(c -> c > ' ' && c < 127) && id.indexOf('<', 1) < 0;
    }

    /**
     * @param field the value of a field like References, unfolded
     * @return the valid ids in it, in order
     */
    public static List<String> in(String field) {
        List<String> ids = new ArrayList<>();
        Matcher found = FRAMED.matcher(field);
        while (found.find()) {
            // A long id may be folded, against the rules, in its middle.
            String id = found.group().replaceAll("[ \\t\\r\\n]", "");
            if (valid(id)) {
                ids.add(id);
            }
        }
        return ids;
    }

    /**
     * What an answer to a mail refers to besides the mail itself (RFC 5322 §3.6.4).
     *
     * @param references the mail's References; empty where it has none
     * @param inReplyTo the mail's In-Reply-To; empty where it has none
     * @return the ids, oldest first: of very many the first and the latest ones
     */
    public static List<String> thread(String references, String inReplyTo) {
        List<String> thread = in(references);
        if (!references.isBlank()) {
            return first(thread, MAX_THREAD);
        }
        List<String> answered = in(inReplyTo);
        return answered.size() == 1 ? answered : List.of();
    }

    /**
     * @param ids oldest first
     * @param most how many are kept, at least 2
     * @return the first, which began the thread, and the latest ones
     */
    public static List<String> first(List<String> ids, int most) {
        if (ids.size() <= most) {
            return ids;
        }
        List<String> some = new ArrayList<>(most);
        some.add(ids.getFirst());
        some.addAll(ids.subList(ids.size() - most + 1, ids.size()));
        return some;
    }
}
