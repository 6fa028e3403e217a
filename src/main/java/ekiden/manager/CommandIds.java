package ekiden.manager;

import ekiden.base.Ids;
import java.util.UUID;

/** The id that a command brings; a command decided again brings the same one. */
final class CommandIds {
    private CommandIds() {}

    static UUID of(Command command, Ids ids) {
        return switch (command) {
            case Command.Define define -> define.id();
            case Command.StartRun start -> start.id();
            case Command.TakeMails mails -> mails.report().id();
            case Command.TakeReport report -> report.report().id();
            case Command.Delete ignored -> ids.next();
            case Command.KillRun ignored -> ids.next();
            case Command.RerunRun ignored -> ids.next();
            case Command.Begin ignored -> ids.next();
            case Command.TimerFired ignored -> ids.next();
            case Command.ReleaseMail ignored -> ids.next();
            case Command.DropMail ignored -> ids.next();
            case Command.Prune ignored -> ids.next();
            case Command.ClearAlarm ignored -> ids.next();
        };
    }
}
