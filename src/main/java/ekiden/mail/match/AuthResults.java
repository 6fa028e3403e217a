package ekiden.mail.match;

import ekiden.base.Ascii;
import ekiden.model.mail.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Authentication-Results fields (RFC 8601). Only those of one server are read, and only from the top down to the first of another server: what lies
 * below may have been there when the mail reached the trusted one (§5, §7.1), which removes what bears its own name, but a mail that came by another way need
 * not have met it. Comments and quoted strings are taken apart before anything is compared.
 */
final class AuthResults {
    private static final Set<String> METHODS = Set.of("dkim", "dmarc", "spf");
    /** One server writes one field, or one for each method. */
    private static final int MOST_FIELDS = 10;

    private AuthResults() {}

    /**
     * @param fields the values from the top of the header
     * @param authserv whose word counts; case does not matter
     * @param authors of the mail: a signature or an envelope sender of another domain says nothing of them (alignment, RFC 7489 §3.1)
     * @return the methods that passed, sorted; one that also failed (of several signatures) has passed
     */
    static List<String> passed(List<String> fields, String authserv, List<Address> authors) {
        Set<String> passed = new TreeSet<>();
        int read = 0;
        for (String field : fields) {
            List<List<String>> parts = parts(field);
            List<String> first = parts.isEmpty() ? List.of() : parts.getFirst();
            boolean trusted = !first.isEmpty() && first.getFirst().equalsIgnoreCase(authserv) && version(first);
            if (!trusted || read == MOST_FIELDS) {
                break;
            }
            read++;
            parts.stream().skip(1).forEach(part -> add(part, authors, passed));
        }
        return List.copyOf(passed);
    }

    /** Behind the name stands nothing, or version 1. */
    private static boolean version(List<String> first) {
        return first.size() == 1 || (first.size() == 2 && first.get(1).equals("1"));
    }

    private static void add(List<String> words, List<Address> authors, Set<String> passed) {
        if (words.size() < 3 || !words.get(1).equals("=")) {
            return;
        }
        String method = Ascii.lower(words.getFirst());
        int slash = method.indexOf('/');
        String name = slash < 0 ? method : method.substring(0, slash);
        boolean known = slash < 0 || method.substring(slash + 1).equals("1");
        boolean pass = known && METHODS.contains(name) && words.get(2).equalsIgnoreCase("pass");
        if (pass && speaksFor(authors, name, words)) {
            passed.add(name);
        }
    }

    private static boolean speaksFor(List<Address> authors, String method, List<String> words) {
        List<String> domains = switch (method) {
            case "dkim" -> domains(words, "header.d", "header.i");
            case "spf" -> domains(words, "smtp.mailfrom", "smtp.mailfrom");
            default -> domains(words, "header.from", "header.from");
        };
        // DMARC is about the author by itself; servers do not always repeat whom they mean
        boolean itself = method.equals("dmarc") && domains.isEmpty();
        return !authors.isEmpty()
                && (itself
                        ? authors.size() == 1
                        : domains.stream().anyMatch(domain -> authors.stream().allMatch(a -> a.isUnder(domain))));
    }

    /** {@return the domains of two properties, whether written as a domain or as an address} */
    private static List<String> domains(List<String> words, String one, String other) {
        List<String> domains = new ArrayList<>();
        for (int i = 3; i + 2 < words.size(); i++) {
            String name = words.get(i);
            if (words.get(i + 1).equals("=") && (name.equalsIgnoreCase(one) || name.equalsIgnoreCase(other))) {
                String value = words.get(i + 2);
                domains.add(value.substring(value.lastIndexOf('@') + 1));
            }
        }
        return domains;
    }

    /**
     * The words between semicolons: quoted strings are one word each, comments none. The equals sign behind a name is a word by itself; one in its value
     * is a character of that: it may stand in the local part of an address (RFC 5322 §3.2.3), which the sender has chosen.
     */
    private static List<List<String>> parts(String field) {
        List<List<String>> parts = new ArrayList<>();
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean ofValue = false;
        int at = 0;
        while (at < field.length()) {
            char c = field.charAt(at);
            if (c == '"') {
                at = quoted(field, at, word);
            } else if (c == '(' || c == ';' || c <= ' ' || (c == '=' && !ofValue)) {
                // blanks and comments may stand between the equals sign and the value
                ofValue = c == '=' || (ofValue && c != ';' && word.isEmpty());
                end(word, words);
                if (c == '=') {
                    words.add("=");
                } else if (c == ';') {
                    parts.add(words);
                    words = new ArrayList<>();
                }
                at = c == '(' ? afterComment(field, at) : at + 1;
            } else {
                word.append(c);
                at++;
            }
        }
        end(word, words);
        parts.add(words);
        return parts;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    private static int quoted(String field, int from, StringBuilder word) {
        int at = from + 1;
        while (at < field.length() && field.charAt(at) != '"') {
            if (field.charAt(at) == '\\' && at + 1 < field.length()) {
                at++;
            }
            word.append(field.charAt(at));
            at++;
        }
        return at + 1;
    }

    private static int afterComment(String field, int from) {
        int depth = 0;
        int at = from;
        while (at < field.length()) {
            char c = field.charAt(at);
            at += c == '\\' ? 2 : 1;
            if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return at;
            }
        }
        return at;
    }
}
