package ekiden.agent;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.mail.save.MailSaver;
import ekiden.mail.save.SaveMessage;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.AttemptId;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at saved files once more before a job that is told of them begins: another program may have taken some away since. Such an attempt is never
 * begun; the next one is told of what is there.
 */
final class HandedFiles {
    private static final String CHANGED = "files-changed";

    private final AgentPorts ports;
    private final Facts facts;
    private final ReportQueue reports;
    private final MailSaver saver;

    HandedFiles(AgentPorts ports, ReportQueue reports, MailSaver saver) {
        this.ports = ports;
        this.facts = new Facts(ports.disk());
        this.reports = reports;
        this.saver = saver;
    }

    /** Lets an attempt begin, unless files are not as they were saved; what was begun goes on. */
    void look(AttemptId attempt, List<Assignment.Handed> handed, Runnable begin, Runnable done) {
        Path folder = ports.settings().attempts().resolve(attempt.toString());
        if (handed.isEmpty() || begun(folder)) {
            begin.run();
            return;
        }
        List<Report.Changed> changed = changed(handed);
        boolean before = facts.has(folder.resolve(CHANGED));
        if (changed.isEmpty() && !before) {
            begin.run();
        } else if (before || noted(folder)) {
            tell(attempt, handed, changed, done);
        } else {
            ports.tasks()
                    .after(
                            ports.settings().retry(),
                            "files of " + attempt,
                            new Guarded("files", () -> look(attempt, handed, begin, done), done));
        }
    }

    /** Once it is told that an attempt is not begun, it must not be, though the files come back before that is heard. */
    private boolean noted(Path folder) {
        try {
            ports.disk().makeFolders(folder);
            facts.write(folder.resolve(CHANGED), "");
            return true;
        } catch (IOException later) {
            LazyLogger.of(HandedFiles.class)
                    .log(Level.WARNING, "an attempt waits until it can be noted: {0}", later.getMessage());
            return false;
        }
    }

    private boolean begun(Path folder) {
        return List.of("started", "kill", "outcome", "ending-data").stream()
                .anyMatch(fact -> facts.has(folder.resolve(fact)));
    }

    private List<Report.Changed> changed(List<Assignment.Handed> handed) {
        List<Report.Changed> changed = new ArrayList<>();
        for (Assignment.Handed files : handed) {
            MailSaver.Look how = new MailSaver.Look(files.closely(), files.access(), ZoneId.systemDefault());
            // where manifest and list cannot be written anew now, the job begins: it must not wait for that
            if (saver.look(files.saved(), how) instanceof Result.Ok<SavedMail>(SavedMail there)
                    && !there.attachments().equals(files.saved().attachments())) {
                changed.add(new Report.Changed(files.claim(), there));
            }
        }
        return changed;
    }

    private void tell(AttemptId attempt, List<Assignment.Handed> handed, List<Report.Changed> changed, Runnable done) {
        Problem problem = problem(handed.getFirst().saved(), handed.getFirst().saved());
        for (Report.Changed one : changed) {
            SavedMail saved = handed.stream()
                    .filter(files -> files.claim().equals(one.claim()))
                    .map(Assignment.Handed::saved)
                    .findFirst()
                    .orElse(one.saved());
            problem = problem(saved, one.saved());
            reports.alarm(ports.ids().next(), "files/" + one.claim(), problem);
        }
        reports.put(new Report.FilesChanged(ports.ids().next(), attempt, changed, problem), done);
    }

    /** What there is to tell of files that are not there as they were saved. */
    static Problem problem(SavedMail saved, SavedMail there) {
        return Problem.of(SaveMessage.NOT_AS_SAVED, "folder", saved.folder(), "count", present(saved) - present(there));
    }

    private static long present(SavedMail mail) {
        return mail.attachments().stream().filter(file -> file.path() != null).count();
    }
}
