package ekiden.http;

import java.time.Duration;

/**
 * Bounds of the API.
 *
 * @param body bytes of one request's body
 * @param requests requests that are worked on at the same time; one more gets 503 at once
 * @param listDefault entries of a list where the request does not say
 * @param listMost entries of a list at most
 * @param waiters requests that may wait for events at the same time
 * @param longestWait how long a request may wait for events
 * @param command how long a command's commit is waited for
 * @param output bytes of a job's output in one answer
 * @param tests tests of mail profiles at the same time
 */
public record ApiLimits(
        int body,
        int requests,
        int listDefault,
        int listMost,
        int waiters,
        Duration longestWait,
        Duration command,
        int output,
        int tests) {
    /** 1 MiB, 150 requests, lists of 100 and at most 1,000, 64 waiters of 30 s, 30 s for a commit, 1 MiB of output, 4 tests. */
    public static final ApiLimits DEFAULT = new ApiLimits(
            1024 * 1024, 150, 100, 1_000, 64, Duration.ofSeconds(30), Duration.ofSeconds(30), 1024 * 1024, 4);
}
