package ekiden.mail.receive;

import java.time.Duration;

/**
 * How a session waits for a hint.
 *
 * @param atMost the longest time
 * @param ask the server is asked again and again whether there is news, with this pause in between; as long as {@code atMost} or longer: what it tells
 *     by itself is enough
 */
public record Wait(Duration atMost, Duration ask) {
    /**
     * @param atMost the longest time
     * @return a wait without questions
     */
    public static Wait quiet(Duration atMost) {
        return new Wait(atMost, atMost);
    }

    /** {@return whether the server is asked meanwhile} */
    public boolean asks() {
        return ask.compareTo(atMost) < 0;
    }

    /** {@return how often a server is turned to in that time, its search at the end included: at least 1} */
    public int looks() {
        return asks() ? Math.clamp(atMost.toNanos() / Math.max(1, ask.toNanos()), 1, Integer.MAX_VALUE) : 1;
    }

    /**
     * @param most how often the server may be turned to, at least 1
     * @return a wait of the same length with no more than so many
     */
    public Wait asking(int most) {
        return most >= looks() ? this : new Wait(atMost, atMost.dividedBy(most));
    }

    /**
     * @param limit another longest time
     * @return a wait that is no longer than that
     */
    public Wait noLongerThan(Duration limit) {
        return limit.compareTo(atMost) < 0 ? new Wait(limit, ask) : this;
    }
}
