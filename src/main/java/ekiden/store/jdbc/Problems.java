package ekiden.store.jdbc;

import ekiden.base.Problem;
import ekiden.store.StoreMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Turns what a database says into problems. Its words are kept short and on one line. */
record Problems(String place, Duration patience) {
    private static final int LONGEST_REASON = 300;

    Problem of(Trouble trouble, @Nullable String reason) {
        return switch (trouble) {
            case NO_ROOM -> Problem.of(StoreMessage.NO_ROOM, "place", place);
            case BUSY, CONFLICT -> busy();
            case LOST -> with(StoreMessage.NOT_REACHABLE, reason);
            case IN_USE -> inUse(reason);
            case REFUSED -> with(StoreMessage.REFUSED, reason);
            case DAMAGED -> with(StoreMessage.DAMAGED, reason);
            case OTHER -> with(StoreMessage.FAILED, reason);
        };
    }

    Problem busy() {
        return Problem.of(StoreMessage.BUSY, "place", place, "seconds", patience.toSeconds());
    }

    Problem inUse(@Nullable String holder) {
        return Problem.of(StoreMessage.IN_USE, "place", place, "holder", oneLine(holder));
    }

    Problem closed() {
        return Problem.of(StoreMessage.CLOSED, "place", place);
    }

    Problem with(StoreMessage message, @Nullable String reason) {
        return Problem.of(message, "place", place, "reason", oneLine(reason));
    }

    private static String oneLine(@Nullable String reason) {
        if (reason == null) {
            return "-";
        }
        String line = reason.lines().findFirst().orElse("-");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON);
    }
}
