package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Tasks;
import ekiden.cli.Terminal;
import ekiden.message.Languages;
import ekiden.message.Messages;
import ekiden.message.TraceLimits;
import ekiden.message.TraceLog;
import ekiden.model.run.Alarm;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What a long-running process says by itself: on its terminal for who looks, in the trace log for who looks later. Safe from any thread. */
final class Speaker implements AutoCloseable {
    private static final String APPLICATION = "ekiden";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Terminal terminal;
    private final Locale language;
    private final ZoneId zone;
    private final Messages messages;
    private final TraceLog log;

    /**
     * @param terminal of the process
     * @param language of the messages
     * @param messages the catalogue
     * @param logs folder of the trace log
     * @param tasks where the log is written
     */
    Speaker(Terminal terminal, Locale language, Messages messages, Path logs, Tasks tasks) {
        this.terminal = terminal;
        this.language = language;
        this.zone = terminal.zone().get();
        this.messages = messages;
        Clock clock = terminal.clock();
        this.log = new TraceLog(logs, APPLICATION, clock, zone, tasks, TraceLimits.DEFAULT);
    }

    /** An alarm is open: what, why, what to do. */
    void raised(Alarm alarm) {
        String since = TIME.format(alarm.since().atZone(zone));
        tell((japanese() ? "アラーム " : "alarm ") + alarm.id() + ", " + since + ":", alarm.problem());
        messages.lines(alarm.problem(), language).forEach(line -> tell("  " + line, alarm.problem()));
        log.write(alarm.problem(), messages, language);
    }

    /** An alarm has ended. */
    void ended(Alarm alarm) {
        String id = alarm.problem().id();
        tell(
                japanese() ? "アラーム " + alarm.id() + " は解消しました: " + id : "alarm " + alarm.id() + " has ended: " + id,
                alarm.problem());
        log.write(id, japanese() ? "アラーム " + alarm.id() + " は解消しました" : "alarm " + alarm.id() + " has ended");
    }

    /** Something to be seen now that is not, or not yet, an alarm of the store. */
    void says(Problem problem) {
        messages.lines(problem, language).forEach(line -> tell(line, problem));
        log.write(problem, messages, language);
    }

    /** Something that is looked for only when it is missed. */
    void notes(Problem problem) {
        log.write(problem, messages, language);
    }

    private void tell(String line, Problem problem) {
        terminal.tell(line, problem.values().values());
    }

    private boolean japanese() {
        return Languages.japanese(language);
    }

    @Override
    public void close() {
        log.close();
    }
}
