package ekiden.mail.mime;

import ekiden.base.Ascii;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Date header as it is really written: RFC 5322 §3.3 with the obsolete forms of §4.3, two-digit years, zones by
 * name or with a colon or missing (then UTC), the order of C's asctime, ISO 8601, 12 hours with AM or PM, the names of months
 * that a program in another language lets slip. Information only; nothing is decided by it.
 */
final class MailDate {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final int MAX_LENGTH = 200;
    private static final int HALF_DAY = 12 * 3600;
    private static final int UNKNOWN = Integer.MIN_VALUE;

    private int year = UNKNOWN;
    private int month = UNKNOWN;
    private int day = UNKNOWN;
    private int seconds = UNKNOWN;
    private int zoneSeconds = UNKNOWN;

    private MailDate() {}

    /** {@return the instant, or null where it cannot be read} */
    static @Nullable Instant parse(String value) {
        if (value.length() > MAX_LENGTH) {
            return null;
        }
        MailDate date = new MailDate();
        for (String word : words(value)) {
            if (!date.take(word)) {
                return null;
            }
        }
        return date.instant();
    }

    /** Words without comments; commas and the T between ISO date and time part words too. */
    private static List<String> words(String value) {
        StringBuilder plain = new StringBuilder();
        int depth = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            depth += c == '(' ? 1 : 0;
            if (depth == 0) {
                boolean isoT = c == 'T' && i > 0 && digit(value, i - 1) && digit(value, i + 1);
                boolean separator = ", \t\u00a0\u3000、年日".indexOf(c) >= 0;
                plain.append(separator || isoT ? ' ' : c);
            }
            depth -= c == ')' && depth > 0 ? 1 : 0;
        }
        return parts(plain.toString(), " ");
    }

    /** What stands between separators, perhaps nothing; nothing at the end is no part. Without a regular expression: each mail has a date. */
    private static List<String> parts(String text, String separators) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length();
            if (end ? from < i : separators.indexOf(text.charAt(i)) >= 0) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        return parts;
    }

    private static boolean digit(String text, int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private boolean take(String word) {
        if (word.isEmpty()) {
            return true;
        }
        boolean digits = digit(word, 0);
        if (digits && (word.indexOf(':') > 0 || word.indexOf('.') != word.lastIndexOf('.'))) {
            return time(word);
        }
        if (digits && word.indexOf('月') > 0) {
            return japanese(word);
        }
        if (digits && (word.indexOf('-') > 0 || word.indexOf('/') > 0)) {
            return isoOrDashed(word);
        }
        if (digits) {
            return number(word);
        }
        if ((word.charAt(0) == '+' || word.charAt(0) == '-') && digit(word, 1)) {
            return zone(word);
        }
        return word(Ascii.lower(word));
    }

    /** {@code 11月}, {@code 11月23}. */
    private boolean japanese(String word) {
        List<String> parts = parts(word, "月");
        month = value(parts.getFirst());
        day = parts.size() > 1 ? value(parts.get(1)) : day;
        return true;
    }

    private boolean number(String word) {
        int value = value(word);
        if (value < 0) {
            return false;
        }
        if (day == UNKNOWN && word.length() <= 2) {
            day = value;
        } else if (year == UNKNOWN) {
            year = fullYear(value, word.length());
        }
        return true;
    }

    private static int fullYear(int value, int digits) {
        if (digits == 2) {
            return value < 50 ? 2000 + value : 1900 + value;
        }
        return digits == 3 ? 1900 + value : value;
    }

    private static int value(String word) {
        if (word.isEmpty() || word.length() > 6) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < word.length(); i++) {
            if (!digit(word, i)) {
                return -1;
            }
            value = value * 10 + word.charAt(i) - '0';
        }
        return value;
    }

    /** {@code 2026-11-23}, {@code 2026/11/23}, {@code 23-Nov-2026}. */
    private boolean isoOrDashed(String word) {
        List<String> parts = parts(word, "-/");
        if (parts.size() != 3) {
            return false;
        }
        if (parts.get(0).length() == 4) {
            year = value(parts.get(0));
            month = value(parts.get(1));
            day = value(parts.get(2));
            return true;
        }
        day = value(parts.get(0));
        year = fullYear(value(parts.get(2)), parts.get(2).length());
        int second = value(parts.get(1));
        if (second > 0) {
            return dayOrMonth(day, second);
        }
        return word(Ascii.lower(parts.get(1)));
    }

    /** Two numbers say which is the day only where one of them is no month. */
    private boolean dayOrMonth(int first, int second) {
        day = Math.max(first, second);
        month = Math.min(first, second);
        return day > 12 || first == second;
    }

    /** {@code 10:20}, {@code 10.20.30}, {@code 10:20:30}, {@code 10:20:30.123}, with or without {@code Z} or an offset behind it. */
    private boolean time(String word) {
        int end = 0;
        while (end < word.length() && (digit(word, end) || word.charAt(end) == ':' || word.charAt(end) == '.')) {
            end++;
        }
        List<String> parts = parts(word.substring(0, end), ":.");
        if (parts.size() < 2) {
            return false;
        }
        int hour = value(parts.get(0));
        int minute = value(parts.get(1));
        int second = parts.size() > 2 ? value(parts.get(2)) : 0;
        if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return false;
        }
        seconds = (hour * 60 + minute) * 60 + Math.min(second, 59);
        return end == word.length() || take(word.substring(end));
    }

    private boolean zone(String word) {
        String digits = word.substring(1).replace(":", "");
        int value = value(digits);
        if (value < 0 || digits.length() > 4) {
            return false;
        }
        int hours = digits.length() > 2 ? value / 100 : value;
        int minutes = digits.length() > 2 ? value % 100 : 0;
        int offset = hours * 3600 + minutes * 60;
        if (Math.abs(offset) > 18 * 3600) {
            return false;
        }
        zoneSeconds = word.charAt(0) == '-' ? -offset : offset;
        return true;
    }

    private boolean word(String word) {
        int at = word.length() >= 3 ? MONTHS.indexOf(word.substring(0, 3)) : -1;
        if (at >= 0 && at % 3 == 0 && month == UNKNOWN) {
            month = at / 3 + 1;
            return true;
        }
        if (seconds != UNKNOWN && (word.equals("pm") || word.equals("am"))) {
            boolean afternoon = word.equals("pm");
            seconds = seconds % HALF_DAY + (afternoon ? HALF_DAY : 0);
            return true;
        }
        int plus = Math.max(word.indexOf('+'), word.indexOf('-'));
        if (plus > 0 && digit(word, plus + 1)) {
            return zone(word.substring(plus));
        }
        int offset = named(word);
        if (offset != UNKNOWN && zoneSeconds == UNKNOWN && seconds != UNKNOWN) {
            zoneSeconds = offset;
        }
        return true;
    }

    private static int named(String zone) {
        return switch (zone) {
            case "ut", "utc", "gmt", "z", "wet" -> 0;
            case "jst", "kst" -> 9 * 3600;
            case "hkt", "sgt" -> 8 * 3600;
            case "aest" -> 10 * 3600;
            case "nzst" -> HALF_DAY;
            case "est", "cdt" -> -5 * 3600;
            case "edt" -> -4 * 3600;
            case "cst", "mdt" -> -6 * 3600;
            case "mst", "pdt" -> -7 * 3600;
            case "pst" -> -8 * 3600;
            case "cet", "bst", "met", "west" -> 3600;
            case "cest", "mest", "eet" -> 2 * 3600;
            case "eest", "msk" -> 3 * 3600;
            case "ist" -> 19_800;
            default -> UNKNOWN;
        };
    }

    private @Nullable Instant instant() {
        if (year < 1900 || year > 9999 || month == UNKNOWN || day == UNKNOWN || seconds == UNKNOWN) {
            return null;
        }
        try {
            long local = LocalDate.of(year, month, day).toEpochDay() * 86_400 + seconds;
            long utc = local - (zoneSeconds == UNKNOWN ? 0 : zoneSeconds);
            return Instant.ofEpochSecond(utc);
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }
}
