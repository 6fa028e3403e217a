package ekiden.definition.yaml;

import ekiden.definition.ValueNames;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether two names of one folder, which may have values in them, could become one. Pure. */
final class PlaceNames {
    /** A value of the run, a doubled brace, a value of the mail. */
    private static final Pattern VALUE = Pattern.compile("\\$\\{([^}]*)}|\\{\\{|}}|\\{([^}]*)}");
    /** Made of digits and dashes whatever a mail says. */
    private static final List<String> NUMBERS = List.of("date", "time", "run", "mail");

    private PlaceNames() {}

    /** Some file systems do not tell two names of it. */
    static String key(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    /**
     * What a name is made of.
     *
     * @param texts what stands before, between and behind its values, cleaned as a name is
     * @param numbers whether each value is made of digits and dashes
     * @param free whether a value is what a mail says
     */
    private record Name(List<String> texts, List<Boolean> numbers, boolean free) {
        static Name of(String text) {
            List<String> texts = new ArrayList<>();
            List<Boolean> numbers = new ArrayList<>();
            StringBuilder plain = new StringBuilder();
            boolean free = false;
            Matcher value = VALUE.matcher(text);
            while (value.find()) {
                boolean run = value.group(1) != null;
                if (!run && value.group(2) == null) {
                    value.appendReplacement(plain, value.group().substring(1));
                    continue;
                }
                value.appendReplacement(plain, "");
                texts.add(key(plain.toString()));
                plain.setLength(0);
                String name = run ? value.group(1) : value.group(2);
                boolean number = !run && NUMBERS.contains(name);
                numbers.add(number);
                free |= run ? !ValueNames.FIXED.contains(name) : !number && !name.equals("job");
            }
            texts.add(key(value.appendTail(plain).toString()));
            return new Name(texts, numbers, free);
        }

        boolean plain() {
            return numbers.isEmpty();
        }

        /** Blanks at its ends and dots at its end are dropped from a name that is made of values. */
        String first() {
            return texts.getFirst().stripLeading();
        }

        String last() {
            String last = texts.getLast();
            int end = last.length();
            while (end > 0 && (last.charAt(end - 1) == '.' || Character.isWhitespace(last.charAt(end - 1)))) {
                end--;
            }
            return last.substring(0, end);
        }

        /** Where in the other name its pieces could end, one piece after another. */
        boolean canBe(String plain) {
            boolean[] ends = new boolean[plain.length() + 1];
            ends[0] = true;
            ends = behind(ends, plain, first());
            for (int i = 0; i < numbers.size(); i++) {
                widen(ends, plain, numbers.get(i));
                ends = behind(ends, plain, i + 1 < numbers.size() ? texts.get(i + 1) : last());
            }
            return ends[plain.length()];
        }

        private static boolean[] behind(boolean[] ends, String plain, String text) {
            boolean[] next = new boolean[ends.length];
            for (int at = 0; at + text.length() <= plain.length(); at++) {
                next[at + text.length()] = ends[at] && plain.startsWith(text, at);
            }
            return next;
        }

        private static void widen(boolean[] ends, String plain, boolean number) {
            for (int at = 0; at < plain.length(); at++) {
                char c = plain.charAt(at);
                ends[at + 1] |= ends[at] && (!number || c == '-' || (c >= '0' && c <= '9'));
            }
        }
    }

    /**
     * @param one a name, or a pattern of names
     * @param other another one
     * @return whether both are one name, or what a mail says could make them one
     */
    static boolean couldBeOne(String one, String other) {
        Name first = Name.of(one);
        Name second = Name.of(other);
        if (first.plain() && second.plain()) {
            return first.texts.equals(second.texts);
        }
        if (!first.free && !second.free) {
            return false;
        }
        if (second.plain()) {
            return first.canBe(second.texts.getFirst());
        }
        return first.plain() ? second.canBe(first.texts.getFirst()) : alike(first, second);
    }

    private static boolean alike(Name one, Name other) {
        boolean begin = one.first().startsWith(other.first()) || other.first().startsWith(one.first());
        boolean end = one.last().endsWith(other.last()) || other.last().endsWith(one.last());
        return begin && end;
    }
}
