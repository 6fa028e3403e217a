package ekiden.mail.save;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.mime.SafeName;
import ekiden.model.definition.NamePattern;
import ekiden.model.mail.MailSummary;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The values of one mail that fill the names of its files. Each value becomes a part of one name, cleaned: it can name no other folder than the one
 * where the pattern stands. The same mail, received at the same time, gives the same names.
 *
 * @param values name to value; may be hostile
 */
public record SaveNames(Map<String, String> values) {
    /** What file systems take. */
    private static final int MOST_BYTES = 255;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);

    /** Copies the map. */
    public SaveNames {
        values = Map.copyOf(values);
    }

    /**
     * @param summary the mail
     * @param received when it was received
     * @param zone in which date and time are told
     * @param more values that the mail itself does not have
     * @return all of them
     */
    public static SaveNames of(MailSummary summary, Instant received, ZoneId zone, Map<String, String> more) {
        ZonedDateTime local = received.atZone(zone);
        Map<String, String> values = new HashMap<>(more);
        values.put("subject", summary.subject());
        values.put(
                "from",
                summary.from().isEmpty() ? "" : summary.from().getFirst().address());
        values.put("date", DATE.format(local));
        values.put("time", TIME.format(local));
        return new SaveNames(values);
    }

    /**
     * @param index the attachment's number in the mail, from 1
     * @param declared its name as the mail says
     * @return the values of an attachment
     */
    Map<String, String> ofAttachment(int index, String declared) {
        String name = SafeName.clean(declared);
        int dot = name.lastIndexOf('.');
        Map<String, String> all = new HashMap<>(values);
        all.put("i", Integer.toString(index));
        all.put("name", name);
        all.put("stem", dot <= 0 ? name : name.substring(0, dot));
        all.put("ext", dot <= 0 ? "" : name.substring(dot + 1));
        return all;
    }

    /**
     * @param pattern of one name
     * @return the name; one without braces stays as it is
     */
    public Result<String> name(String pattern) {
        if (!NamePattern.hasBraces(pattern)) {
            return Result.ok(pattern);
        }
        return NameTemplate.filled(pattern, NamePattern.OF_MAIL).then(template -> Result.ok(template.name(values)));
    }

    /**
     * @param patterns an absolute path, each name of it a pattern
     * @return the path; names without braces stay as they are, where a file can have them. Longer ones hold a value of the run: they are cut and cleaned
     */
    public Result<Path> path(String patterns) {
        try {
            Path whole = Path.of(patterns);
            Path filled = whole.getRoot();
            for (Path piece : whole) {
                switch (name(piece.toString())) {
                    case Result.Failed<String>(Problem problem) -> {
                        return Result.failed(problem);
                    }
                    case Result.Ok<String>(String name) -> {
                        String own = SafeName.bytes(name) > MOST_BYTES ? SafeName.clean(name) : name;
                        filled = filled == null ? Path.of(own) : filled.resolve(own);
                    }
                }
            }
            return Result.ok(filled == null ? whole : filled);
        } catch (InvalidPathException notInThisLocale) {
            return Result.failed(SaveMessage.TEMPLATE, "template", patterns, "what", notInThisLocale.getReason());
        }
    }
}
