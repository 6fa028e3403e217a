package ekiden.wait;

import ekiden.base.Problem;
import ekiden.base.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** A home with one unit in memory, which keeps what a call may rely on: it takes no mail beyond its number, and lists what was not let go. */
final class FakeHome implements HomeMails {
    static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");
    private static final Problem AWAY = Problem.of(WaitMessage.RECEIPTS, "file", "f", "reason", "r");

    /** Mails in the mailbox that nobody has taken. */
    final List<String> unread = new ArrayList<>();

    final Map<Long, String> kept = new TreeMap<>();
    final Map<String, String> texts = new LinkedHashMap<>();
    final List<String> letGo = new ArrayList<>();
    boolean defined;
    boolean away;
    int left;
    int definitions;
    /** Whether the caller lives: what it says after its death was never said. */
    BooleanSupplier callerLives = () -> true;

    private long runs;

    /** A mail comes into the mailbox. */
    synchronized void mail(String key, String text) {
        texts.put(
                key,
                "From: a@example.jp\r\nSubject: " + key + "\r\nMessage-ID: <" + key + "@t>\r\n\r\n" + text + "\r\n");
        unread.add(key);
        take();
    }

    private void take() {
        while (defined && left > 0 && !unread.isEmpty()) {
            runs++;
            kept.put(runs, unread.removeFirst());
            left--;
        }
        notifyAll();
    }

    synchronized void delete(String why) {
        defined = false;
        left = 0;
        notifyAll();
    }

    synchronized void away(boolean now) {
        away = now;
        notifyAll();
    }

    private boolean silent() {
        return !callerLives.getAsBoolean() || away;
    }

    @Override
    public synchronized Result<Boolean> define(int times) {
        if (silent()) {
            return Result.failed(AWAY);
        }
        defined = true;
        left = times;
        definitions++;
        take();
        return Result.ok(true);
    }

    @Override
    public synchronized Result<Page> taken(long after, Duration wait) {
        for (long looks = Math.min(40, wait.toMillis() / 5); looks > 0 && !away && defined && runs <= after; looks--) {
            try {
                wait(5);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        if (silent()) {
            return Result.failed(AWAY);
        }
        List<Taken> mails = new ArrayList<>();
        kept.forEach((run, key) -> {
            if (run > after) {
                mails.add(new Taken("run-" + run, run, key, true, AT, null));
            }
        });
        return Result.ok(new Page(mails, runs, 0, defined, left));
    }

    @Override
    public Result<Boolean> fetch(String run, OutputStream into) {
        String key;
        synchronized (this) {
            if (silent()) {
                return Result.failed(AWAY);
            }
            key = kept.get(Long.parseLong(run.substring("run-".length())));
        }
        if (key == null) {
            return Result.ok(false);
        }
        try {
            into.write(String.valueOf(texts.get(key)).getBytes(StandardCharsets.UTF_8));
            return Result.ok(true);
        } catch (IOException full) {
            return Result.failed(AWAY);
        }
    }

    @Override
    public synchronized Result<Boolean> letGo(String run) {
        if (silent()) {
            return Result.failed(AWAY);
        }
        String key = kept.remove(Long.parseLong(run.substring("run-".length())));
        if (key != null) {
            letGo.add(key);
        }
        return Result.ok(key != null);
    }

    @Override
    public synchronized Result<Boolean> delete() {
        if (silent()) {
            return Result.failed(AWAY);
        }
        delete("asked");
        return Result.ok(true);
    }
}
