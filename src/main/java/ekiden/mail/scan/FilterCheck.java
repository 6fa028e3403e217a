package ekiden.mail.scan;

import ekiden.base.CallerLocale;
import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.json.Json;
import ekiden.mail.save.PartCheck;
import ekiden.mail.save.SaveMessage;
import ekiden.model.definition.PartChecks;
import ekiden.model.definition.PartChecks.Filter.OnFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Gives each attachment to a program: its path behind the arguments, what is known of it as one line of JSON on standard input. The program may write
 * the file anew, or remove it. No shell reads anything of it. What it says is read and let go.
 */
public final class FilterCheck implements PartCheck {
    /** Bytes that a program may write to its outputs together; one that writes more is ended. */
    static final int MAX_OUTPUT = 1 << 20;

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final PartChecks.Filter filter;
    private final Map<String, String> facts;
    private final Map<String, String> environment;
    private final Clock clock;

    /**
     * @param filter what the job says, with the whole path of the program or its bare name
     * @param facts of the mail, told in the JSON
     * @param environment added to the process's own
     * @param clock measures the time
     */
    public FilterCheck(
            PartChecks.Filter filter, Map<String, String> facts, Map<String, String> environment, Clock clock) {
        this.filter = filter;
        this.facts = Map.copyOf(facts);
        this.environment = Map.copyOf(environment);
        this.clock = clock;
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public Result<Verdict> check(Path file, Facts part) {
        String how = run(file, part);
        return how.isEmpty() ? Result.ok(new Fine()) : unusable(how, true);
    }

    @Override
    public Result<Verdict> unusable(String how, boolean copyOnly) {
        String program = filter.command().getFirst();
        return copyOnly && filter.onFailure() == OnFailure.KEEP
                ? Result.ok(new AsItCame(Problem.of(SaveMessage.FILTER_KEPT, "program", program, "reason", how)))
                : Result.failed(SaveMessage.FILTER_FAILED, "program", program, "reason", how);
    }

    /** {@return how it failed, empty where it did not} */
    private String run(Path file, Facts part) {
        List<String> command = new ArrayList<>(filter.command());
        command.add(file.toString());
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(environment);
            CallerLocale.restore(builder.environment());
            process = builder.start();
        } catch (IOException notStarted) {
            return words(notStarted);
        }
        try {
            tell(process, part);
            return await(process);
        } catch (IOException broken) {
            return Reason.of(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The JDK puts the system's words into brackets, behind a number. */
    private static String words(IOException notStarted) {
        String all = Reason.of(notStarted);
        int open = all.indexOf('(');
        int close = all.indexOf(')', open);
        return open < 0 || close < 0 ? all : all.substring(open + 1, close);
    }

    /** Less than a pipe holds, so that a program which does not read holds nobody up; one that has ended already need not have read. */
    private void tell(Process process, Facts part) {
        Map<String, Object> all = new HashMap<>(facts);
        all.put("name", shortened(part.name()));
        all.put("savedName", part.savedName());
        all.put("type", shortened(part.type()));
        all.put("size", part.size());
        all.put("sha256", part.sha256());
        try (OutputStream in = process.getOutputStream()) {
            in.write(Json.writeLine(all));
        } catch (IOException notRead) {
            LazyLogger.of(FilterCheck.class).log(System.Logger.Level.DEBUG, "a filter does not read what it is told");
        }
    }

    /**
     * @param value of a mail
     * @return at most 1,000 characters of it
     */
    public static String shortened(String value) {
        int most = 1_000;
        return value.length() <= most ? value : value.substring(0, most);
    }

    /** Reads only what is there already: a grandchild that keeps the pipe open must not hold the caller. */
    private String await(Process process) throws IOException, InterruptedException {
        Duration timeout = PartChecks.timeout(filter.timeout());
        long begin = clock.nanos();
        InputStream said = process.getInputStream();
        long output = 0;
        boolean ended = false;
        while (!ended) {
            ended = process.waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            output += said.skip(said.available());
            if (output > MAX_OUTPUT) {
                return "it wrote more than " + MAX_OUTPUT + " bytes";
            }
            if (!ended && clock.nanos() - begin > timeout.toNanos()) {
                return "it took longer than " + timeout.toSeconds() + " s";
            }
        }
        int code = process.exitValue();
        return code == 0 ? "" : "exit code " + code;
    }
}
