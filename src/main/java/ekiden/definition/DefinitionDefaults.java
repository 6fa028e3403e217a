package ekiden.definition;

import java.time.Duration;

/** Defaults and bounds of what a definition says. */
public final class DefinitionDefaults {
    /** The priority of a watch where none is written (1 last to 9 first). */
    public static final int PRIORITY = 5;

    /** The longest time-out of a job. */
    public static final Duration LONGEST_TIMEOUT = Duration.ofDays(366);

    /** The greatest exit code limit. */
    public static final int GREATEST_EXIT_CODE = Integer.MAX_VALUE;

    /** After how many mails a start condition may have done its work. */
    public static final int MOST_TIMES = 1_000_000;

    /** The longest name of a job or a profile, in code points. */
    public static final int NAME_LENGTH = 64;

    private DefinitionDefaults() {}
}
