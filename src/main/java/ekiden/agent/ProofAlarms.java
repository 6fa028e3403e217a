package ekiden.agent;

import ekiden.base.Ids;
import ekiden.base.Problem;
import java.util.HashSet;
import java.util.Set;

/** Tells people of mails that wait for the DNS, beside those that a reader looks for, and when that is over. Safe from any thread. */
final class ProofAlarms {
    /** What the keys of its alarms begin with. */
    private static final String ALARM = "proof/";

    private final ReportQueue reports;
    private final Ids ids;
    private final Set<String> told = new HashSet<>();

    ProofAlarms(ReportQueue reports, Ids ids) {
        this.reports = reports;
        this.ids = ids;
    }

    synchronized void tell(String mail, Problem why) {
        if (told.add(mail)) {
            reports.alarm(ids.next(), ALARM + mail, why);
        }
    }

    synchronized void over(String mail) {
        if (told.remove(mail)) {
            reports.alarm(ids.next(), ALARM + mail, null);
        }
    }

    /** Alarms of the process before end; what still lasts is told again. */
    synchronized void settle(Set<String> open) {
        for (String key : open) {
            if (key.startsWith(ALARM) && !told.contains(key.substring(ALARM.length()))) {
                reports.alarm(ids.next(), key, null);
            }
        }
    }
}
