package ekiden.wait;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal of a state folder. Readers ignore properties they do not know; properties are only ever added. Numbers of mails are
 * written as {@link ekiden.model.mail.UidSet} writes them.
 */
public sealed interface WaitRecord {
    /**
     * The first record of a state.
     *
     * @param version 1
     * @param id tells this state's temporary files from those of others; 12 hexadecimal digits
     */
    record Begun(int version, String id) implements WaitRecord {}

    /**
     * Mails were taken, under numbers that follow each other.
     *
     * @param first the number of the first one
     * @param mails in order
     */
    record Taken(long first, List<Mail> mails) implements WaitRecord {
        /** Copies the list. */
        public Taken {
            mails = List.copyOf(mails);
        }
    }

    /**
     * What makes a mail the same mail.
     *
     * @param key its identity within the mailbox
     * @param place its spool entry, or null where its bytes are at a server
     * @param until epoch second up to which an equal submission is the same mail; null for ever
     * @param trace what it looked like at the server, as {@link ekiden.model.mail.Trace} writes it; null where nobody looked
     */
    record Mail(
            String key,
            @Nullable String place,
            @Nullable Long until,
            @Nullable String trace) {
        /** How the place of a mail begins that came through a home. */
        static final String AT_HOME = "home/";

        /** Whether it came through a home. One that was taken from a spool before may come so again: the home took the spool over. */
        boolean atHome() {
            return place != null && place.startsWith(AT_HOME);
        }

        /** One at which nobody looked. */
        public Mail(String key, @Nullable String place, @Nullable Long until) {
            this(key, place, until, null);
        }
    }

    /**
     * The receipts of mails: their lines were written.
     *
     * @param numbers which
     */
    record Given(String numbers) implements WaitRecord {}

    /**
     * Nothing is left to be done for mails.
     *
     * @param numbers which
     */
    record Done(String numbers) implements WaitRecord {}

    /**
     * Mails are about to be parsed.
     *
     * @param keys which
     */
    record Opening(List<String> keys) implements WaitRecord {
        /** Copies the list. */
        public Opening {
            keys = List.copyOf(keys);
        }
    }

    /** The mails of the {@link Opening} before were parsed and the process is still there. */
    record Opened() implements WaitRecord {}

    /** The call ended by itself and left no temporary file. */
    record Ended() implements WaitRecord {}

    /**
     * All that the records before said.
     *
     * @param id as in {@link Begun}
     * @param next the number of the next mail that is taken
     * @param ended whether the last call ended by itself
     * @param open mails with something left to be done
     * @param settled group to the UIDs in it for which nothing is left
     * @param timed other mails for which nothing is left
     * @param openings keys of mails during whose parsing a process ended, with how often
     * @param traces keys of mails for which nothing is left, with what they looked like
     */
    record Snapshot(
            String id,
            long next,
            boolean ended,
            List<Open> open,
            Map<String, String> settled,
            List<Mail> timed,
            Map<String, Integer> openings,
            Map<String, String> traces)
            implements WaitRecord {
        /** Copies lists and maps. */
        public Snapshot {
            open = List.copyOf(open);
            settled = Map.copyOf(settled);
            timed = List.copyOf(timed);
            openings = Map.copyOf(openings);
            // absent in what earlier versions wrote
            traces = Map.copyOf(Objects.requireNonNullElse(traces, Map.of()));
        }
    }

    /**
     * A mail with something left to be done.
     *
     * @param number its number
     * @param mail which
     * @param given whether it has its receipt
     */
    record Open(long number, Mail mail, boolean given) {}
}
