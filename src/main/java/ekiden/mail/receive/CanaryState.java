package ekiden.mail.receive;

/**
 * Where a mailbox's canary stands in this process. Its times are {@link ekiden.base.Clock#nanos}.
 *
 * @param note what is kept for the process after this one
 * @param begun when its sending began, or this process
 * @param since when it came into its phase, or this process began
 * @param next the next one is not sent before
 * @param earlier whether a process before this one sent it, so that only the wall clock can say how long it took
 */
public record CanaryState(CanaryNote note, long begun, long since, long next, boolean earlier) {
    CanaryState with(CanaryNote other) {
        return new CanaryState(other, begun, since, next, earlier);
    }
}
