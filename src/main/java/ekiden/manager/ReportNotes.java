package ekiden.manager;

import ekiden.engine.ReportMemory;
import java.time.Duration;

/**
 * Forgets the ids of old reports, batch by batch, by a timer of its own. The first time is a while after the process has begun: what
 * an agent kept while the manager was away is delivered before.
 */
final class ReportNotes {
    static final String TIMER = "reports/forget";

    private final Scope scope;

    ReportNotes(Scope scope) {
        this.scope = scope;
    }

    void begin() {
        again(scope.settings.forgetReports());
    }

    void forget() {
        ManagerSettings settings = scope.settings;
        int forgotten = scope.tx
                .reports()
                .forget(ReportMemory.forgetBefore(scope.now, settings.keepReports()), settings.forgetBatch());
        again(forgotten < settings.forgetBatch() ? settings.forgetReports() : settings.forgetPause());
    }

    private void again(Duration in) {
        scope.tx.timers().set(TIMER, scope.now.plus(in));
    }
}
