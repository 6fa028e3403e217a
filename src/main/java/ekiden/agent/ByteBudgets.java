package ekiden.agent;

import ekiden.base.Clock;
import ekiden.mail.receive.ByteBudget;
import ekiden.mail.receive.ByteWindow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The budgets of all servers; readers whose budgets are equal share one. It begins unused with the process. Safe from any thread. */
final class ByteBudgets {
    private final Clock clock;
    private final Map<ByteBudget, ByteWindow> windows = new HashMap<>();

    ByteBudgets(Clock clock) {
        this.clock = clock;
    }

    /** Who may be fetched where a budget is nearly used up. */
    enum Admission {
        /** One mail after another, as long as something is left. */
        EACH,
        /** All, where something is left, or none. */
        TOGETHER,
        /** All. */
        ALWAYS
    }

    /** What may be fetched now. What came of it is told by {@link #over}. */
    final class Taken {
        private final @Nullable ByteWindow window;
        private final int mails;
        private final long bytes;
        private final long part;

        private Taken(@Nullable ByteWindow window, int mails, long bytes, long part) {
            this.window = window;
            this.mails = mails;
            this.bytes = bytes;
            this.part = part;
        }

        /** How many of them, from the first on. */
        int mails() {
            return mails;
        }

        /** What did not come of it is free again; what came twice counts twice. */
        void over(long came) {
            if (window == null) {
                return;
            }
            synchronized (ByteBudgets.this) {
                if (came < bytes) {
                    window.giveBack(part, bytes - came, clock.nanos());
                } else {
                    window.take(came - bytes, clock.nanos());
                }
            }
        }
    }

    synchronized Taken take(@Nullable ByteBudget budget, List<Long> sizes, Admission admission) {
        if (budget == null) {
            return new Taken(null, sizes.size(), 0, 0);
        }
        long now = clock.nanos();
        ByteWindow window = windows.computeIfAbsent(budget, one -> new ByteWindow(one, now));
        long left = window.left(now);
        long sum = 0;
        int mails = 0;
        for (long size : sizes) {
            boolean may = switch (admission) {
                case EACH -> sum < left;
                case TOGETHER -> left > 0;
                case ALWAYS -> true;
            };
            if (!may) {
                break;
            }
            sum += size;
            mails++;
        }
        return new Taken(window, mails, sum, window.take(sum, now));
    }

    /** {@return when something is left, {@link Clock#nanos}} */
    synchronized long freeAt(ByteBudget budget) {
        ByteWindow window = windows.get(budget);
        return window == null ? clock.nanos() : window.freeAt(clock.nanos());
    }

    synchronized long used(ByteBudget budget) {
        ByteWindow window = windows.get(budget);
        return window == null ? 0 : window.used(clock.nanos());
    }
}
