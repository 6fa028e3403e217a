package ekiden.wait;

import ekiden.model.mail.UidSet;
import ekiden.wait.WaitRecord.Mail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The decisions of a call that waits: pure functions from what the book says to records and what is to be done. The single watch of such a call takes
 * every matching mail that nobody took with this state before.
 */
public final class WaitDecider {
    private WaitDecider() {}

    /** What is to be done with a mail that matches. */
    public sealed interface Verdict {
        /**
         * Save it, print its line.
         *
         * @param number under this number
         * @param again whether an earlier call may have begun with it
         */
        record Take(long number, boolean again) implements Verdict {}

        /**
         * It has its receipt; only the mailbox does not know yet.
         *
         * @param number its number
         */
        record Acknowledge(long number) implements Verdict {}

        /** Nothing is left to be done for it, or it is an equal submission of such a mail. */
        record Known() implements Verdict {}

        /** The call has as many mails as were asked for; this one stays where it is. */
        record Enough() implements Verdict {}
    }

    /**
     * Verdicts, and what goes into the journal before they hold.
     *
     * @param verdicts one for each mail, in order
     * @param record what is to be recorded, or null
     */
    public record Decision(List<Verdict> verdicts, WaitRecord.@Nullable Taken record) {}

    /**
     * Mails were found that match.
     *
     * @param book what is known
     * @param mails in order
     * @param room how many more this call takes
     * @param now the present
     * @return what becomes of them
     */
    public static Decision found(WaitBook book, List<Mail> mails, int room, Instant now) {
        List<Verdict> verdicts = new ArrayList<>(mails.size());
        List<Mail> taken = new ArrayList<>();
        Set<String> inThisReport = new HashSet<>();
        int left = room;
        for (Mail mail : mails) {
            Verdict verdict = known(book, mail, now);
            if (!inThisReport.add(mail.key())) {
                verdict = new Verdict.Known();
            } else if ((verdict == null || verdict instanceof Verdict.Take) && left == 0) {
                verdict = new Verdict.Enough();
            } else if (verdict == null) {
                verdict = new Verdict.Take(book.next() + taken.size(), false);
                taken.add(mail);
            }
            left -= verdict instanceof Verdict.Take ? 1 : 0;
            verdicts.add(verdict);
        }
        return new Decision(verdicts, taken.isEmpty() ? null : new WaitRecord.Taken(book.next(), taken));
    }

    /** What the book says of a mail, or null where it has never been seen. */
    private static @Nullable Verdict known(WaitBook book, Mail mail, Instant now) {
        WaitRecord.Open open = book.open(mail.key());
        if (open != null) {
            boolean another = open.mail().place() != null
                    && !open.mail().place().equals(mail.place())
                    && open.mail().atHome() == mail.atHome();
            if (another) {
                return new Verdict.Known();
            }
            return open.given() ? new Verdict.Acknowledge(open.number()) : new Verdict.Take(open.number(), true);
        }
        if (book.settled(mail.key())) {
            return new Verdict.Known();
        }
        Mail before = book.timed(mail.key());
        boolean same = before != null
                && (before.until() == null
                        || now.getEpochSecond() <= before.until()
                        || (before.place() != null && before.place().equals(mail.place())));
        return same ? new Verdict.Known() : null;
    }

    /**
     * Whether a mail needs nobody any more: its line was handed out, or it is an equal submission of one whose line was.
     *
     * @param book what is known
     * @param mail which
     * @param came when it came
     * @return whether it has a receipt
     */
    static boolean handedOut(WaitBook book, Mail mail, Instant came) {
        WaitRecord.Open open = book.open(mail.key());
        return open == null ? known(book, mail, came) instanceof Verdict.Known : open.given();
    }

    /**
     * Lines were written, and are with whoever reads them.
     *
     * @param numbers of which mails
     * @return their receipts
     */
    public static WaitRecord given(UidSet numbers) {
        return new WaitRecord.Given(numbers.toString());
    }

    /**
     * Nothing is left to be done for mails: the mailbox knows, or is not to be told.
     *
     * @param numbers which
     * @return what is recorded
     */
    public static WaitRecord done(UidSet numbers) {
        return new WaitRecord.Done(numbers.toString());
    }

    /** What is made of a mail during whose parsing processes ended. */
    enum Suspicion {
        /** It is parsed. */
        NONE,
        /** It is tried in a process of its own first: whoever ends the process from outside twice must not put the blame on a mail. */
        SUSPECT,
        /** It is not parsed. */
        GUILTY
    }

    static Suspicion suspicion(int openings, WaitLimits limits) {
        if (openings >= limits.openingsAtMost()) {
            return Suspicion.GUILTY;
        }
        return openings >= limits.openings() ? Suspicion.SUSPECT : Suspicion.NONE;
    }

    /**
     * How mails that came together are parsed: together, except those that were on the table when a process ended, which are parsed one by one, so
     * that the second time only the guilty one is there.
     *
     * @param book what is known
     * @param keys in order
     * @return groups, each to be recorded as being opened
     */
    public static List<List<String>> openings(WaitBook book, List<String> keys) {
        List<List<String>> groups = new ArrayList<>();
        List<String> together = new ArrayList<>();
        for (String key : keys) {
            if (book.openings(key) == 0) {
                together.add(key);
            } else {
                groups.add(List.of(key));
            }
        }
        if (!together.isEmpty()) {
            groups.addFirst(List.copyOf(together));
        }
        return groups;
    }
}
