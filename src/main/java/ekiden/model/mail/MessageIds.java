package ekiden.model.mail;

import java.util.ArrayList;
import java.util.List;

/** Message-IDs as they may stand in a mail of ours (RFC 5322 §3.6.4, without comments and white space). Pure. */
public final class MessageIds {
    /** Characters of an id with its angle brackets. */
    public static final int MAX_CHARS = 500;

    /** Ids of a thread that are kept. */
    public static final int MAX_THREAD = 20;

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
     * What stands in comments and in quoted words of old programs is no id (RFC 5322 §3.2.2, §4.5.4). One that does not end is none: then everything is read
     * that looks like an id.
     *
     * @param field the value of a field like References, unfolded
     * @return the valid ids in it, in order
     */
    public static List<String> in(String field) {
        List<String> ids = new ArrayList<>();
        boolean comments = true;
        boolean quotes = true;
        int at = 0;
        while (at < field.length()) {
            int end = at + 1;
            switch (field.charAt(at)) {
                case '(' -> {
                    end = comments ? behindComment(field, at) : end;
                    comments &= end > 0;
                }
                case '"' -> {
                    end = quotes ? behindQuotes(field, at) : end;
                    quotes &= end > 0;
                }
                case '<' -> end = behindId(field, at, ids);
                default -> {}
            }
            at = end > 0 ? end : at + 1;
        }
        return ids;
    }

    /** {@return where it goes on behind a comment, which may hold others; 0 where it does not end} */
    private static int behindComment(String field, int from) {
        int depth = 0;
        for (int i = from; i < field.length(); i++) {
            switch (field.charAt(i)) {
                case '\\' -> i++;
                case '(' -> depth++;
                case ')' -> depth--;
                default -> {}
            }
            if (depth == 0) {
                return i + 1;
            }
        }
        return 0;
    }

    private static int behindQuotes(String field, int from) {
        for (int i = from + 1; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            i += c == '\\' ? 1 : 0;
        }
        return 0;
    }

    /** Takes the id that begins there, if it is one. */
    private static int behindId(String field, int from, List<String> ids) {
        int end = from + 1;
        while (end < field.length() && field.charAt(end) != '<' && field.charAt(end) != '>') {
            end++;
        }
        if (end == field.length() || field.charAt(end) == '<') {
            return end;
        }
        // A long id may be folded, against the rules, in its middle.
        String id = field.substring(from, end + 1).replaceAll("[ \\t\\r\\n]", "");
        if (valid(id)) {
            ids.add(id);
        }
        return end + 1;
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
