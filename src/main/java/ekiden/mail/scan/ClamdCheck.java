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

/** Asks a virus scanner about each attachment. What could not be looked at never passes unseen, unless the job says so. */
public final class ClamdCheck implements PartCheck {
    private final PartChecks.Scan scan;
    private final Clamd clamd;

    /**
     * @param scan what the job says
     * @param clock measures the time
     */
    public ClamdCheck(PartChecks.Scan scan, Clock clock) {
        this.scan = scan;
        this.clamd = new Clamd(scan.clamd(), PartChecks.timeout(scan.timeout()), clock);
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public Result<Verdict> check(Path file, Facts facts) {
        Clamd.Answer answer;
        try (InputStream bytes = Files.newInputStream(file)) {
            answer = clamd.ask(bytes);
        } catch (IOException unreadable) {
            answer = new Clamd.Away(Reason.of(unreadable));
        }
        return switch (answer) {
            case Clamd.Clean() -> Result.ok(new Fine());
            case Clamd.Found(String what) ->
                scan.onInfected() == PartChecks.Scan.OnInfected.SKIP
                        ? Result.ok(new NotSaved(Problem.of(SaveMessage.INFECTED, "found", what)))
                        : Result.failed(SaveMessage.INFECTED_MAIL, "found", what);
            case Clamd.TooLarge() ->
                Result.ok(passes() ? unseen("too large") : new NotSaved(Problem.of(SaveMessage.TOO_LARGE_TO_SCAN)));
            case Clamd.Away(String reason) ->
                passes()
                        ? Result.ok(unseen(reason))
                        : Result.failed(SaveMessage.SCANNER_AWAY, "scanner", scan.clamd(), "reason", reason);
        };
    }

    private boolean passes() {
        return scan.onFailure() == PartChecks.Scan.OnFailure.PASS;
    }

    private Verdict unseen(String reason) {
        return new AsItCame(Problem.of(SaveMessage.NOT_SCANNED, "scanner", scan.clamd(), "reason", reason));
    }
}
