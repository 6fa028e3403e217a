package ekiden.message;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Tasks;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The integrated trace log (JP1: {@code hntr2{1..4}.log}): what happened on this host, in one place and one form, in files
 * {@code ekiden1.log} to {@code ekiden4.log} that are written in turn. A record: number (4 digits, counted per process), date
 * and local time to the millisecond, application (16), process id, thread id, message id (blank for none), text.
 *
 * <p>Writing never waits and never fails the caller: records wait in a bounded queue, what does not fit is dropped and
 * counted, and a full disk only costs records. Not durable, not a proof: history stands in the store. Safe from any thread.
 */
public final class TraceLog implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(TraceLog.class);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss.SSS", Locale.ROOT);
    private static final int NUMBERS = 10_000;
    private static final int APPLICATION = 16;
    private static final int BATCH = 64;

    private final File folder;
    private final String application;
    private final Clock clock;
    private final ZoneId zone;
    private final Tasks tasks;
    private final TraceLimits limits;
    private final long pid = ProcessHandle.current().pid();
    private final Queue<String> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();
    private final AtomicInteger number = new AtomicInteger();
    private final ReentrantLock writing = new ReentrantLock();
    private @Nullable OutputStream out;
    private int file;
    private long size;
    private boolean broken;

    /**
     * @param folder where the files lie; made on the first record
     * @param application who writes, for example {@code manager}; cut at 16 characters
     * @param clock the time of each record
     * @param zone in which it is told
     * @param tasks where the writing happens
     * @param limits bounds
     */
    public TraceLog(Path folder, String application, Clock clock, ZoneId zone, Tasks tasks, TraceLimits limits) {
        this.folder = folder.toFile();
        this.application = application.substring(0, Math.min(application.length(), APPLICATION));
        this.clock = clock;
        this.zone = zone;
        this.tasks = tasks;
        this.limits = limits;
    }

    /**
     * Notes a problem in the words of the catalogue.
     *
     * @param problem what went wrong
     * @param messages its words
     * @param locale their language
     */
    public void write(Problem problem, Messages messages, Locale locale) {
        String line = messages.render(problem, locale);
        write(
                problem.id(),
                line.startsWith(problem.id()) ? line.substring(problem.id().length() + 1) : line);
    }

    /**
     * Notes something.
     *
     * @param id a message id, or empty
     * @param text one line; control characters become blanks
     */
    public void write(String id, String text) {
        if (count.get() >= limits.waiting()) {
            dropped.incrementAndGet();
            return;
        }
        waiting.add(record(id, text));
        if (count.getAndIncrement() == 0) {
            tasks.run("trace log", this::drain);
        }
    }

    /** {@return how many records could not be kept so far} */
    public int dropped() {
        return dropped.get();
    }

    private String record(String id, String text) {
        int next = Math.floorMod(number.getAndIncrement(), NUMBERS);
        String cut = text.length() > limits.textLength() ? text.substring(0, limits.textLength()) : text;
        StringBuilder line = new StringBuilder(80 + cut.length());
        line.append(String.format(Locale.ROOT, "%04d ", next));
        line.append(TIME.format(clock.now().atZone(zone)));
        line.append(String.format(Locale.ROOT, " %-16s ", application));
        line.append(pid).append(' ').append(Thread.currentThread().threadId()).append(' ');
        line.append(String.format(Locale.ROOT, "%-10s ", id));
        cut.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return line.append('\n').toString();
    }

    private void drain() {
        writing.lock();
        try {
            for (int left = count.get(); left > 0; left = count.get()) {
                batch(Math.min(left, BATCH));
            }
        } finally {
            writing.unlock();
        }
    }

    private void batch(int records) {
        StringBuilder text = new StringBuilder();
        int taken = 0;
        while (taken < records) {
            String record = waiting.poll();
            if (record == null) {
                break;
            }
            text.append(record);
            taken++;
        }
        put(text.toString().getBytes(StandardCharsets.UTF_8), taken);
        count.addAndGet(-taken);
    }

    /** Called with the lock held. */
    private void put(byte[] bytes, int records) {
        try {
            OutputStream to = current(bytes.length);
            to.write(bytes);
            size += bytes.length;
            broken = false;
        } catch (IOException failed) {
            dropped.addAndGet(records);
            closeFile();
            if (!broken) {
                LOG.log(Level.WARNING, "trace log in {0} cannot be written: {1}", folder, failed.getMessage());
            }
            broken = true;
        }
    }

    private OutputStream current(int bytes) throws IOException {
        OutputStream present = out;
        if (present != null && size + bytes <= limits.fileBytes()) {
            return present;
        }
        boolean turn = present != null;
        closeFile();
        if (!folder.isDirectory() && !folder.mkdirs()) {
            throw new IOException("no folder " + folder);
        }
        file = turn ? file % limits.files() + 1 : newest();
        boolean append = !turn && path(file).length() + bytes <= limits.fileBytes();
        if (!turn && !append) {
            file = file % limits.files() + 1;
        }
        return open(append);
    }

    private OutputStream open(boolean append) throws IOException {
        FileOutputStream opened = new FileOutputStream(path(file), append);
        out = opened;
        byte[] head = header().getBytes(StandardCharsets.UTF_8);
        opened.write(head);
        size = path(file).length();
        return opened;
    }

    /** The file that was written last by an earlier process; the first where there is none. */
    private int newest() {
        int newest = 1;
        for (int i = 2; i <= limits.files(); i++) {
            newest = path(i).lastModified() > path(newest).lastModified() ? i : newest;
        }
        return newest;
    }

    private File path(int index) {
        return new File(folder, "ekiden" + index + ".log");
    }

    private String header() {
        String os = System.getProperty("os.name") + " " + System.getProperty("os.version");
        return "# " + os + " | " + host() + " | " + zone + " | "
                + TIME.format(clock.now().atZone(zone)) + " | " + application + " " + pid + "\n";
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }

    private void closeFile() {
        OutputStream closing = out;
        out = null;
        if (closing == null) {
            return;
        }
        try {
            closing.close();
        } catch (IOException failed) {
            LOG.log(Level.DEBUG, "trace log file did not close: {0}", failed.getMessage());
        }
    }

    /** Writes what waits and closes the file. Later records open it again. */
    @Override
    public void close() {
        drain();
        writing.lock();
        try {
            closeFile();
        } finally {
            writing.unlock();
        }
    }
}
