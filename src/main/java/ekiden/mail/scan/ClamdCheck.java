package ekiden.mail.scan;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.mail.save.PartCheck;
import ekiden.mail.save.SaveMessage;
import ekiden.model.definition.PartChecks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a virus scanner about each attachment. What could not be looked at never passes unseen, unless the job says so.
 *
 * <p>A scanner that does not answer, and does not say either that it is there, is not waited for again for a while, whatever mail comes. One that only
 * takes too long over an attachment is asked about the next one: a mail must not be able to let others pass unseen.
 */
public final class ClamdCheck implements PartCheck {
    /** A scanner that is asked whether it is there gets this time, or that of an attachment where that is less. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PartChecks.Scan scan;
    private final Clamd clamd;
    private final Clamd whetherThere;
    private final Scanners scanners;
    private final boolean asksFirst;

    /**
     * @param scan what the job says
     * @param clock measures the time
     * @param scanners knows which scanners are away
     * @param asksFirst whether it is asked before anything else is done with a mail that would have to wait for it
     */
    public ClamdCheck(PartChecks.Scan scan, Clock clock, Scanners scanners, boolean asksFirst) {
        Duration timeout = PartChecks.timeout(scan.timeout());
        this.scan = scan;
        this.scanners = scanners;
        this.asksFirst = asksFirst;
        this.clamd = new Clamd(scan.clamd(), timeout, clock);
        this.whetherThere = new Clamd(scan.clamd(), timeout.compareTo(PATIENCE) < 0 ? timeout : PATIENCE, clock);
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public @Nullable Problem away() {
        if (passes()) {
            return null;
        }
        Optional<String> reason = scanners.resting(scan.clamd());
        if (reason.isEmpty() && asksFirst) {
            reason = whetherThere.ping();
            reason.ifPresentOrElse(why -> scanners.away(scan.clamd(), why), () -> scanners.answered(scan.clamd()));
        }
        return reason.map(this::waits).orElse(null);
    }

    @Override
    public Result<Verdict> check(Path file, Facts facts) {
        return switch (asked(file)) {
            case Clamd.Clean() -> Result.ok(new Fine());
            case Clamd.Found(String what) ->
                scan.onInfected() == PartChecks.Scan.OnInfected.SKIP
                        ? Result.ok(new NotSaved(Problem.of(SaveMessage.INFECTED, "found", what)))
                        : Result.failed(SaveMessage.INFECTED_MAIL, "found", what);
            case Clamd.TooLarge() ->
                Result.ok(passes() ? unseen("too large") : new NotSaved(Problem.of(SaveMessage.TOO_LARGE_TO_SCAN)));
            case Clamd.Away(String reason) -> passes() ? Result.ok(unseen(reason)) : Result.failed(waits(reason));
        };
    }

    private Clamd.Answer asked(Path file) {
        Optional<String> resting = scanners.resting(scan.clamd());
        if (resting.isPresent()) {
            return away(resting.get());
        }
        Clamd.Answer answer = ask(file);
        if (!(answer instanceof Clamd.Away(String reason))
                || whetherThere.ping().isEmpty()) {
            scanners.answered(scan.clamd());
            return answer;
        }
        scanners.away(scan.clamd(), reason);
        return away(reason);
    }

    private Clamd.Answer away(String reason) {
        if (passes()) {
            scanners.passed(scan.clamd(), reason);
        }
        return new Clamd.Away(reason);
    }

    private Clamd.Answer ask(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            return clamd.ask(bytes);
        } catch (IOException unreadable) {
            return new Clamd.Away(Reason.of(unreadable));
        }
    }

    private boolean passes() {
        return scan.onFailure() == PartChecks.Scan.OnFailure.PASS;
    }

    private Problem waits(String reason) {
        return Problem.of(SaveMessage.SCANNER_AWAY, "scanner", scan.clamd(), "reason", reason);
    }

    private Verdict unseen(String reason) {
        return new AsItCame(Problem.of(SaveMessage.NOT_SCANNED, "scanner", scan.clamd(), "reason", reason));
    }
}
