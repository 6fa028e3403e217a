package ekiden.manager;

import ekiden.model.definition.SaveRule;
import ekiden.model.run.Run;
import java.nio.file.Path;

/** Where the files of runs lie: {@code FILES/UNIT#NUMBER} for a run ({@code #} is in no unit's name), {@code FILES/UNIT/mail} for mails by default. Pure. */
final class RunFolders {
    private RunFolders() {}

    static Path unitFolder(ManagerSettings settings, Run run) {
        return settings.files().resolve(run.unit().substring(1));
    }

    static Path runFolder(ManagerSettings settings, Run run) {
        return settings.files().resolve(run.label().substring(1));
    }

    static Path mailFolder(ManagerSettings settings, Run run, SaveRule rule) {
        String to = rule.to() == null ? "mail" : rule.to();
        return unitFolder(settings, run).resolve(to).normalize();
    }
}
