package ekiden.main;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.receive.smtpd.SmtpServer;
import ekiden.mail.receive.smtpd.SmtpdParts;
import ekiden.mail.receive.smtpd.SmtpdSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The SMTP and LMTP listeners of a process, kept as the settings say. Safe from any thread. */
final class Listeners {
    private static final Duration STOP_GRACE = Duration.ofSeconds(5);

    private final SmtpdParts parts;
    private final Map<SmtpdSettings, SmtpServer> running = new LinkedHashMap<>();

    Listeners(SmtpdParts parts) {
        this.parts = parts;
    }

    /** Stops those that are wanted no more, starts those that are missing, and says which cannot be started, by {@code HOST:PORT}. */
    synchronized Map<String, Problem> follow(List<SmtpdSettings> wanted) {
        running.entrySet().removeIf(one -> {
            boolean superfluous = !wanted.contains(one.getKey());
            if (superfluous) {
                one.getValue().stop(STOP_GRACE);
            }
            return superfluous;
        });
        Map<String, Problem> problems = new TreeMap<>();
        for (SmtpdSettings one : wanted) {
            if (!running.containsKey(one)) {
                start(one, problems);
            }
        }
        return problems;
    }

    private void start(SmtpdSettings settings, Map<String, Problem> problems) {
        switch (SmtpServer.start(settings, parts)) {
            case Result.Ok<SmtpServer>(SmtpServer server) -> running.put(settings, server);
            case Result.Failed<SmtpServer>(Problem problem) ->
                problems.put(settings.host() + ":" + settings.port(), problem);
        }
    }

    synchronized List<SmtpServer> running() {
        return List.copyOf(running.values());
    }

    synchronized void stop() {
        running.values().forEach(server -> server.stop(STOP_GRACE));
        running.clear();
    }
}
