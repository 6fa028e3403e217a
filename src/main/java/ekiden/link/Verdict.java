package ekiden.link;

import java.util.List;

/** What the manager answers to {@link Report.MailsFound}, after the commit. */
public sealed interface Verdict {
    /**
     * All mails of the report are in the catalogue.
     *
     * @param mails one entry a mail, in the order of the report
     */
    record Kept(List<KeptMail> mails) implements Verdict {
        /** Copies the list. */
        public Kept {
            mails = List.copyOf(mails);
        }
    }

    /**
     * One mail.
     *
     * @param mail its number in the catalogue
     * @param joined whether it is an equal submission that joined a mail that was there already
     * @param rawKept whether the catalogue points at the bytes of this report; otherwise they are not needed
     * @param takenBy ids of the watches that took it
     */
    record KeptMail(long mail, boolean joined, boolean rawKept, List<String> takenBy) {
        /** Copies the list. */
        public KeptMail {
            takenBy = List.copyOf(takenBy);
        }
    }

    /**
     * The folder's UIDVALIDITY is another one by now: nothing is committed, and the mails are to be looked for anew.
     *
     * @param uidValidity the present one
     */
    record Outdated(long uidValidity) implements Verdict {}

    /**
     * A watch joined the stream since the mails were tested: nothing is committed, test them again with these lists.
     *
     * @param lists the present list of each mailbox of the report
     */
    record Stale(List<WatchList> lists) implements Verdict {
        /** Copies the list. */
        public Stale {
            lists = List.copyOf(lists);
        }
    }
}
