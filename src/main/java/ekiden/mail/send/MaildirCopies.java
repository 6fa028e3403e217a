package ekiden.mail.send;

import ekiden.base.Sha256;
import ekiden.disk.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Copies of sent mails in a maildir: one for each Message-ID, complete or absent, marked as read. Looks at what is there once and then at most every hour, and
 * removes its own copies that are older than they shall be; other mails it leaves alone. Safe from any thread.
 */
public final class MaildirCopies {
    /** Pause between two looks for what may go. */
    static final Duration LOOK = Duration.ofHours(1);

    /** Seconds, what the Message-ID became, and the mark of ours; behind it the flags, which mail programs change. */
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})\\.([0-9a-f]{32})\\.ekiden(:2,[A-Za-z]*)?");

    private static final int BLOCK = 64 * 1024;

    private final Disk disk;
    private final Path maildir;
    private final Duration age;
    private final Set<String> there = new HashSet<>();
    private @Nullable Instant looked;

    /**
     * @param disk where it lies
     * @param maildir the folder, absolute; made where it is missing
     * @param age how long a copy stays
     */
    public MaildirCopies(Disk disk, Path maildir, Duration age) {
        this.disk = disk;
        this.maildir = maildir;
        this.age = age;
    }

    /**
     * Keeps a copy, unless there is one already.
     *
     * @param mail what was sent
     * @param now the present
     * @throws IOException when it cannot be written
     */
    public synchronized void keep(OutgoingMail mail, Instant now) throws IOException {
        Instant before = looked;
        if (before == null || Duration.between(before, now).abs().compareTo(LOOK) >= 0) {
            look(now);
        }
        String key = Sha256.hex(mail.messageId()).substring(0, 32);
        if (there.contains(key)) {
            return;
        }
        String name = now.getEpochSecond() + "." + key + ".ekiden";
        // two processes may keep the same mail at the same time
        Path written = maildir.resolve("tmp")
                .resolve(name + "." + ProcessHandle.current().pid());
        try {
            write(mail, written);
            disk.rename(written, maildir.resolve("cur").resolve(name + ":2,S"));
        } catch (IOException failed) {
            discard(written, failed);
            // whatever is wrong with the folders is looked at again
            looked = null;
            throw failed;
        }
        disk.forceFolder(maildir.resolve("cur"));
        there.add(key);
    }

    /**
     * Tries whether a copy could be kept; what is tried with has a name that mail programs pass over, and is gone at the end.
     *
     * @throws IOException when none could
     */
    public synchronized void probe() throws IOException {
        makeFolders();
        String name = ".ekiden-probe." + ProcessHandle.current().pid();
        Path tried = maildir.resolve("tmp").resolve(name);
        Path there = maildir.resolve("cur").resolve(name);
        try {
            discard(tried);
            try (Disk.Output out = disk.create(tried)) {
                out.write(ByteBuffer.wrap(new byte[] {'\n'}));
                out.force();
            }
            disk.rename(tried, there);
        } catch (IOException failed) {
            discard(tried, failed);
            throw failed;
        }
        disk.delete(there);
    }

    private void discard(Path file) throws IOException {
        if (disk.exists(file)) {
            disk.delete(file);
        }
    }

    private void makeFolders() throws IOException {
        for (String folder : new String[] {"tmp", "new", "cur"}) {
            disk.makeFolders(maildir.resolve(folder));
        }
    }

    private void discard(Path written, IOException failed) {
        try {
            discard(written);
        } catch (IOException left) {
            failed.addSuppressed(left);
        }
    }

    private void look(Instant now) throws IOException {
        makeFolders();
        there.clear();
        for (String folder : new String[] {"new", "cur"}) {
            for (Path file : disk.list(maildir.resolve(folder))) {
                look(file, now);
            }
        }
        looked = now;
    }

    private void look(Path file, Instant now) throws IOException {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) {
            return;
        }
        Instant kept = Instant.ofEpochSecond(Long.parseLong(name.group(1)));
        if (kept.plus(age).isBefore(now)) {
            disk.delete(file);
        } else {
            there.add(name.group(2));
        }
    }

    private void write(OutgoingMail mail, Path file) throws IOException {
        try (InputStream in = mail.content().open();
                Disk.Output out = disk.create(file)) {
            FileLines lines = new FileLines();
            byte[] block = new byte[BLOCK];
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                out.write(lines.of(block, count));
            }
            out.force();
        }
    }
}
