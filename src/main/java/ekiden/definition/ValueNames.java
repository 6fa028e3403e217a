package ekiden.definition;

import java.util.List;
import java.util.Set;

/**
 * The names that may stand in {@code ${…}}. {@code start.NAME} and {@code JOB.NAME} have the values of a received mail,
 * {@code JOB.exit-code} and {@code JOB.stdout} those of a command job that ended.
 */
public final class ValueNames {
    /** The first part of the values of the mail that started the run. */
    public static final String START = "start";

    /** Values of every run: its id, its number within the jobnet, its folder, the jobnet's full name. */
    public static final List<String> RUN = List.of("run.id", "run.number", "run.folder", "unit");

    /** Those of every run that lead to no file: the folder of a run holds what mails brought. */
    public static final List<String> FIXED = List.of("run.id", "run.number", "unit");

    /** Values of a received mail, in the order they are documented. */
    public static final List<String> MAIL = List.of(
            "from", "to", "subject", "date", "message-id", "body", "attachments", "list", "folder", "manifest", "mail");

    /** Values of a command job that has ended: its exit code, the path of what it wrote. */
    public static final List<String> COMMAND = List.of("exit-code", "stdout");

    /**
     * Values of a run that a returned mail started: the run and the job that sent the mail, its Message-ID, to whom it did not go, the code and the words
     * of the server for the first of them, the number of the mail that says so.
     */
    public static final List<String> BOUNCE = List.of(
            "bounce.run",
            "bounce.job",
            "bounce.message-id",
            "bounce.recipients",
            "bounce.code",
            "bounce.text",
            "bounce.mail");

    /** Job names that would read like one of the other values. */
    public static final Set<String> RESERVED = Set.of("start", "run", "unit");

    private static final Set<String> LISTS = Set.of("to", "attachments", "recipients");
    private static final Set<String> PATHS = Set.of("body", "attachments", "list", "folder", "manifest", "stdout");

    private ValueNames() {}

    /**
     * @param name a full name
     * @return its part behind the last dot
     */
    public static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /**
     * @param name a full name
     * @return whether its value is a list
     */
    public static boolean list(String name) {
        return !RUN.contains(name) && LISTS.contains(last(name));
    }

    /**
     * @param name a full name
     * @return whether its value is a path that Ekiden made, not text from outside
     */
    public static boolean path(String name) {
        return name.equals("run.folder") || (!RUN.contains(name) && PATHS.contains(last(name)));
    }

    /**
     * @param name a full name
     * @return whether its value comes from a mail or names a file whose content or name does
     */
    public static boolean fromMail(String name) {
        return BOUNCE.contains(name) || (!RUN.contains(name) && MAIL.contains(last(name)));
    }
}
