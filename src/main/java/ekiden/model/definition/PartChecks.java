package ekiden.model.definition;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What looks at the attachments of a mail before a job sees them; first the filter, then the scanner.
 *
 * @param filter a program that may replace them, or null
 * @param scan a virus scanner, or null
 */
public record PartChecks(@Nullable Filter filter, @Nullable Scan scan) {
    /** How long one attachment may take where nothing is said. */
    public static final Duration TIMEOUT = Duration.ofMinutes(1);

    /**
     * A program that is given each attachment (the mail filter of JP1 on UNIX, for every part).
     *
     * @param command program and arguments; the attachment's path is put behind them
     * @param timeout for one attachment, or null for {@link #TIMEOUT}
     * @param onFailure what is done where it fails
     */
    public record Filter(List<String> command, @Nullable Duration timeout, Filter.OnFailure onFailure) {
        /** Copies the list. */
        public Filter {
            command = List.copyOf(command);
        }

        /** What is done with the mail where the program fails or takes too long. */
        public enum OnFailure {
            /** The mail is not saved. */
            FAIL,
            /** The attachment stays as it came, and the manifest says so. */
            KEEP
        }
    }

    /**
     * A virus scanner that speaks the protocol of clamd.
     *
     * @param clamd {@code HOST:PORT}, or the path of a Unix socket
     * @param timeout for one attachment, or null for {@link #TIMEOUT}
     * @param onInfected what is done where it finds something
     * @param onFailure what is done where it cannot be asked, or does not take such large files
     */
    public record Scan(String clamd, @Nullable Duration timeout, Scan.OnInfected onInfected, Scan.OnFailure onFailure) {
        /** What is done where something is found. */
        public enum OnInfected {
            /** The attachment is not saved and keeps its line in the list; the mail is saved without it. */
            SKIP,
            /** The mail is not saved. */
            FAIL
        }

        /** What is done where an attachment could not be looked at. */
        public enum OnFailure {
            /** Where nobody answers, the mail waits and is tried again; an attachment that is too large is not saved. */
            WAIT,
            /** The attachment is saved unseen, and the manifest says so. */
            PASS
        }
    }

    /** {@return how long one attachment may take} */
    public static Duration timeout(@Nullable Duration said) {
        return said == null ? TIMEOUT : said;
    }
}
