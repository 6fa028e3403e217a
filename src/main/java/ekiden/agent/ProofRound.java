package ekiden.agent;

import ekiden.base.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/**
 * Judges mails: first those that need no question to the DNS, then the others, as long as there is time for questions. So a silent DNS holds up
 * neither mails that nobody has to ask about nor the look itself. Belongs to one thread.
 *
 * @param <M> a mail
 */
final class ProofRound<M> {
    /** What became of a mail. */
    enum Next {
        /** It is judged. */
        JUDGED,
        /** It cannot be known now from whom it is. */
        OPEN,
        /** Something else is amiss, so that the others are not tried. */
        STOP
    }

    private final Clock clock;
    private final Duration time;
    private boolean asks;
    private long until;
    private boolean refused;
    private final Set<M> unasked = new HashSet<>();

    /**
     * @param clock the one clock
     * @param time after so long no question is begun
     */
    ProofRound(Clock clock, Duration time) {
        this.clock = clock;
        this.time = time;
    }

    /**
     * Judges all; a mail that needs a question is judged twice, and the second time counts.
     *
     * @param mails in the order in which they are judged
     * @param first whose turn it is first, where there is not time for all questions
     * @param judge judges a mail, and is told whether a question may be asked
     * @return false where it was stopped
     */
    boolean judge(List<M> mails, Comparator<M> first, BiFunction<M, BooleanSupplier, Next> judge) {
        asks = false;
        List<M> questions = new ArrayList<>();
        for (M mail : mails) {
            refused = false;
            Next next = judge.apply(mail, this::mayAsk);
            if (next == Next.STOP) {
                return false;
            }
            if (next == Next.OPEN && refused) {
                questions.add(mail);
            }
        }
        questions.sort(first);
        asks = true;
        until = clock.nanos() + time.toNanos();
        for (M mail : questions) {
            refused = false;
            Next next = judge.apply(mail, this::mayAsk);
            if (next == Next.STOP) {
                return false;
            }
            if (next == Next.OPEN && refused) {
                unasked.add(mail);
            }
        }
        return true;
    }

    /** Whether a question that a mail needs was not asked, because the time was used up. */
    boolean unasked(M mail) {
        return unasked.contains(mail);
    }

    private boolean mayAsk() {
        boolean may = asks && clock.nanos() - until < 0;
        refused |= !may;
        return may;
    }
}
