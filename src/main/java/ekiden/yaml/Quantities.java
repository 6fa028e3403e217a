package ekiden.yaml;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Durations and sizes as people write them: {@code 1h30m}, {@code 50MB}. Pure. */
public final class Quantities {
    /** What a duration looks like, for messages. */
    public static final String DURATION_FORM = "30s | 10m | 8h | 1d | 1h30m";

    /** What a size looks like, for messages. */
    public static final String SIZE_FORM = "4096 | 512KB | 50MB | 2GB";

    private static final String UNITS = "dhms";
    private static final long[] SECONDS = {86_400, 3_600, 60, 1};
    private static final int LONGEST = 12;

    private Quantities() {}

    /**
     * @param text whole numbers, each followed by d, h, m or s, greater units first
     * @return the duration, or empty where the text is none
     */
    public static Optional<Duration> duration(String text) {
        long seconds = 0;
        int unit = -1;
        int from = 0;
        while (from < text.length()) {
            int to = digits(text, from);
            int next = to < text.length() ? UNITS.indexOf(text.charAt(to)) : -1;
            if (to == from || to - from > LONGEST || next <= unit) {
                return Optional.empty();
            }
            seconds += Long.parseLong(text.substring(from, to)) * SECONDS[next];
            unit = next;
            from = to + 1;
        }
        return unit < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }

    /**
     * @param duration zero or more, in whole seconds
     * @return the text that {@link #duration} reads as the same
     */
    public static String format(Duration duration) {
        StringBuilder text = new StringBuilder();
        long rest = duration.toSeconds();
        for (int i = 0; i < SECONDS.length; i++) {
            if (rest >= SECONDS[i]) {
                text.append(rest / SECONDS[i]).append(UNITS.charAt(i));
                rest %= SECONDS[i];
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }

    /**
     * @param text a whole number of bytes, or followed by KB, MB or GB, which count in 1,024s
     * @return bytes, or empty where the text is none
     */
    public static OptionalLong size(String text) {
        int to = digits(text, 0);
        int shift = switch (text.substring(to).strip().toUpperCase(Locale.ROOT)) {
            case "", "B" -> 0;
            case "K", "KB", "KIB" -> 10;
            case "M", "MB", "MIB" -> 20;
            case "G", "GB", "GIB" -> 30;
            default -> -1;
        };
        if (to == 0 || to > LONGEST || shift < 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(text.substring(0, to)) << shift);
    }

    private static int digits(String text, int from) {
        int to = from;
        while (to < text.length() && text.charAt(to) >= '0' && text.charAt(to) <= '9') {
            to++;
        }
        return to;
    }
}
