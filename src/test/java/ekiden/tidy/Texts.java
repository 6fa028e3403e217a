package ekiden.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Rules on any text file of the repository. */
public final class Texts {
    /** Written so that these lines do not find themselves. */
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");

    private static final Pattern MACHINE = Pattern.compile("(?<![\\w.~$}])/(wo" + "rk|ro"
            + "ot|home/\\w+)/[\\w.]|\\w\\.inter" + "nal\\b|\\barti" + "factory\\b|\\bnex" + "us\\.\\w");

    private static final Pattern ADR_NUMBER = Pattern.compile("docs/adr/(\\d{4})-[a-z0-9-]+\\.md");

    private Texts() {}

    /** {@return marks of unfinished work} */
    public static List<Finding> unfinished(String path, String text) {
        return lines(path, text, UNFINISHED, "a mark of unfinished work; instead: finish it, or open a ticket");
    }

    /** {@return paths and hosts that exist on one machine only} */
    public static List<Finding> machine(String path, String text) {
        return lines(path, text, MACHINE, "a path or host of one machine; instead: find it when it is needed");
    }

    /** {@return a markdown file that has not exactly one first-level heading} */
    public static List<Finding> headings(String path, String text) {
        int headings = 0;
        boolean code = false;
        for (String line : text.split("\n", -1)) {
            code ^= line.startsWith("```");
            headings += !code && line.startsWith("# ") ? 1 : 0;
        }
        return headings == 1
                ? List.of()
                : List.of(new Finding(path, "has " + headings + " first-level headings, wants one"));
    }

    /** {@return decision records without a number of their own} */
    public static List<Finding> decisions(List<String> paths) {
        List<Finding> findings = new ArrayList<>();
        Map<String, String> byNumber = new TreeMap<>();
        for (String path : paths) {
            var name = ADR_NUMBER.matcher(path);
            if (!name.matches()) {
                findings.add(new Finding(path, "a decision record is named docs/adr/0001-words-with-hyphens.md"));
                continue;
            }
            String other = byNumber.put(name.group(1), path);
            if (other != null) {
                findings.add(new Finding(path, "has the number of " + other));
            }
        }
        return findings;
    }

    private static List<Finding> lines(String path, String text, Pattern banned, String what) {
        List<Finding> findings = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            var found = banned.matcher(line);
            if (found.find()) {
                findings.add(new Finding(path + ":" + number, "\"" + found.group() + "\": " + what));
            }
        }
        return findings;
    }
}
