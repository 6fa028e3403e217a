package ekiden.mail.send;

import ekiden.base.Clock;
import ekiden.base.Sha256;
import ekiden.disk.Disk;
import ekiden.disk.MailFileLock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies of sent mails in one file (mboxrd): one for each Message-ID, complete or absent, marked as read. Adds under the locks of mail programs; looks hourly
 * for its own copies that are older than they shall be, and where there are any puts a new file without them in the place of the old one. Other mails
 * it leaves alone. Safe from any thread; a process has one for each file.
 */
public final class MboxCopies {
    private static final int BLOCK = 64 * 1024;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Disk disk;
    private final Path file;
    private final SentCopyLimits limits;
    private final Clock clock;
    private final Set<String> there = new HashSet<>();
    private @Nullable Object key;
    private long length = -1;
    private @Nullable Instant looked;
    /** Whether others had the lock all the time that the last one waited for it. */
    private boolean taken;

    private long untilPatient;

    /**
     * @param disk where its folder lies
     * @param file the file, absolute; made where it is missing
     * @param limits how long to wait, and how long it may become
     * @param clock for waiting
     */
    public MboxCopies(Disk disk, Path file, SentCopyLimits limits, Clock clock) {
        this.disk = disk;
        this.file = file;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Keeps a copy, unless there is one already.
     *
     * @param mail what was sent
     * @param age how long copies stay
     * @param now the present
     * @throws IOException when it cannot be written, or others do not give the lock in time; then the file is as it was
     */
    public synchronized void keep(OutgoingMail mail, Duration age, Instant now) throws IOException {
        disk.makeFolders(Objects.requireNonNull(file.getParent()));
        try (MailFileLock lock = lock()) {
            Instant before = looked;
            boolean due = before == null || Duration.between(before, now).abs().compareTo(MaildirCopies.LOOK) >= 0;
            if (due || lock.channel().size() != length || !Objects.equals(lock.key(), key)) {
                look(lock, due ? now.minus(age).getEpochSecond() : 0);
                looked = due ? now : before;
            }
            String mailKey = Sha256.hex(mail.messageId()).substring(0, 32);
            if (there.contains(mailKey)) {
                return;
            }
            room(lock.channel().size() + mail.content().size());
            add(lock, mail, mailKey, now);
            there.add(mailKey);
            length = lock.channel().size();
        }
    }

    /** A lock that somebody has left behind would else hold up each mail anew. */
    private MailFileLock lock() throws IOException {
        boolean brief = taken && untilPatient - clock.nanos() > 0;
        try {
            MailFileLock lock = take(brief ? Duration.ZERO : limits.lock());
            taken = false;
            return lock;
        } catch (MailFileLock.Taken others) {
            if (!brief) {
                taken = true;
                untilPatient = clock.nanos() + limits.lockRest().toNanos();
            }
            throw others;
        }
    }

    private MailFileLock take(Duration within) throws IOException {
        return MailFileLock.take(file, within, limits.lockPause(), clock, MboxRemains::mend);
    }

    /**
     * Tries whether a copy could be kept: the file is opened and locked as for one, and stays as it is.
     *
     * @throws IOException when none could
     */
    public synchronized void probe() throws IOException {
        disk.makeFolders(Objects.requireNonNull(file.getParent()));
        try (MailFileLock lock = take(limits.lock())) {
            room(lock.channel().size());
        }
    }

    private void room(long size) throws IOException {
        if (size > limits.mboxBytes()) {
            throw new FileSystemException(file.toString(), null, "larger than " + limits.mboxBytes() + " bytes");
        }
    }

    /** Reads the file, and removes what was kept before that second. */
    private void look(MailFileLock lock, long before) throws IOException {
        length = -1;
        there.clear();
        List<MboxScan.Copy> old = new ArrayList<>();
        for (MboxScan.Copy copy : MboxScan.of(lock.channel())) {
            if (copy.kept() < before) {
                old.add(copy);
            } else {
                there.add(copy.key());
            }
        }
        if (!old.isEmpty()) {
            lock.replace((from, to) -> without(old, from, to));
        }
        key = lock.key();
        length = lock.channel().size();
    }

    private static void without(List<MboxScan.Copy> old, FileChannel from, FileChannel to) throws IOException {
        long at = 0;
        for (MboxScan.Copy copy : old) {
            transfer(from, at, copy.from(), to);
            at = copy.to();
        }
        transfer(from, at, from.size(), to);
    }

    private static void transfer(FileChannel from, long start, long end, FileChannel to) throws IOException {
        long at = start;
        while (at < end) {
            long count = from.transferTo(at, end - at, to);
            if (count <= 0) {
                throw new FileSystemException("", null, "it became shorter");
            }
            at += count;
        }
    }

    /** What cannot be written wholly is taken back; by whoever comes next where this process is stopped. */
    private static void add(MailFileLock lock, OutgoingMail mail, String key, Instant now) throws IOException {
        FileChannel to = lock.channel();
        long before = to.size();
        byte[] first = (separator(to, before) + head(mail, key, now)).getBytes(StandardCharsets.US_ASCII);
        lock.announce(first);
        boolean whole = false;
        try {
            to.position(before);
            write(to, ByteBuffer.wrap(first));
            body(to, mail);
            to.force(true);
            whole = true;
        } finally {
            if (!whole) {
                to.truncate(before);
            }
        }
    }

    /** A mail begins behind an empty line. */
    private static String separator(FileChannel file, long size) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(2);
        if (size > 0) {
            file.read(last, Math.max(0, size - 2));
        }
        byte[] end = last.array();
        boolean line = size == 0 || end[size == 1 ? 0 : 1] == '\n';
        boolean empty = size == 0 || (size > 1 && line && end[0] == '\n');
        return line ? empty ? "" : "\n" : "\n\n";
    }

    private static String head(OutgoingMail mail, String key, Instant now) {
        String sender = mail.sender().chars().allMatch(c -> c > ' ' && c < 0x7F) ? mail.sender() : "";
        return "From " + (sender.isEmpty() ? "MAILER-DAEMON" : sender) + " " + DATE.format(now) + "\n" + MboxScan.MARK
                + now.getEpochSecond() + " " + key + "\nStatus: RO\n";
    }

    private static void body(FileChannel to, OutgoingMail mail) throws IOException {
        FileLines lines = new FileLines();
        MboxQuoting quoting = new MboxQuoting();
        try (InputStream in = mail.content().open()) {
            byte[] block = new byte[BLOCK];
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                write(to, quoting.of(lines.of(block, count)));
            }
        }
        write(to, quoting.end());
        write(to, ByteBuffer.wrap(new byte[] {'\n'}));
    }

    private static void write(FileChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }
}
