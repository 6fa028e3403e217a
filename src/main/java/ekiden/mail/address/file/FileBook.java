package ekiden.mail.address.file;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.disk.NamedFile;
import ekiden.mail.address.AddressBook;
import ekiden.mail.address.AddressLimits;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.Entry;
import ekiden.mail.address.EntryIndex;
import ekiden.mail.address.Found;
import ekiden.mail.address.Member;
import ekiden.mail.send.MailAddresses;
import ekiden.model.mail.Address;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A book in a file, or in the files of a folder, held in memory until they change. Safe from any thread. */
public final class FileBook implements AddressBook {
    private final Plan plan;
    private final AddressLimits limits;
    private final Clock clock;
    private @Nullable Held held;

    /**
     * What is read, and how.
     *
     * @param name of the book
     * @param beginnings whether the beginning of a name is enough
     * @param path a file, or a folder whose files are read
     * @param suffix lower-case end of the names of a folder's files that are read
     * @param format reads one file
     */
    public record Plan(String name, boolean beginnings, Path path, String suffix, Format format) {}

    /** Reads the entries of one file. */
    @FunctionalInterface
    public interface Format {
        /**
         * @param file whose bytes these are
         * @param bytes all of it
         * @return its entries, with ids that no other file has; or what is wrong with it
         */
        Result<List<Entry>> read(Path file, byte[] bytes);
    }

    private record Stamp(Path file, long size, long changed) {}

    private record Held(List<Stamp> stamps, Result<EntryIndex> index, long looked) {}

    /**
     * @param plan what is read
     * @param limits bounds
     * @param clock counts the pause between two looks at the files
     */
    public FileBook(Plan plan, AddressLimits limits, Clock clock) {
        this.plan = plan;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public String name() {
        return plan.name();
    }

    @Override
    public boolean beginnings() {
        return plan.beginnings();
    }

    @Override
    public Result<Found> find(String name, Duration within) {
        return index().then(index -> Result.ok(index.find(name, limits.candidates())));
    }

    @Override
    public Result<Listing> list(int most, Duration within) {
        return index().then(index -> Result.ok(index.list(most)));
    }

    /** An address, the id of an entry of this book, or else a name. */
    @Override
    public Result<List<Member>> members(Entry.Group group, Duration within) {
        return index().then(index -> {
            List<Member> members = new ArrayList<>();
            for (String text : group.members()) {
                Entry known = index.byId(text);
                members.add(known == null ? member(text) : new Member.Known(known));
            }
            return Result.ok(members);
        });
    }

    private static Member member(String text) {
        if (text.startsWith("urn:")) {
            return new Member.Missing(text);
        }
        if (text.indexOf('@') < 0) {
            return new Member.Named(text);
        }
        return switch (MailAddresses.parse(text)) {
            case Result.Ok<Address>(Address address) -> new Member.Mailbox(address);
            case Result.Failed<Address> none -> new Member.Missing(text);
        };
    }

    private synchronized Result<EntryIndex> index() {
        long now = clock.nanos();
        Held before = held;
        if (before != null && now - before.looked() < limits.rest().toNanos()) {
            return before.index();
        }
        try {
            List<Stamp> stamps = stamps();
            if (stamps.size() > limits.folderFiles()) {
                return Result.failed(tooLarge(plan.path(), limits.folderFiles()));
            }
            Result<EntryIndex> index = before != null && before.stamps().equals(stamps) ? before.index() : read(stamps);
            held = new Held(stamps, index, now);
            return index;
        } catch (IOException | DirectoryIteratorException unreadable) {
            held = null;
            return Result.failed(unreadable(plan.path(), unreadable));
        }
    }

    private List<Stamp> stamps() throws IOException {
        List<Stamp> stamps = new ArrayList<>();
        if (!Files.isDirectory(plan.path())) {
            stamps.add(stamp(plan.path()));
            return stamps;
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(plan.path(), this::belongs)) {
            for (Path file : all) {
                files.add(file);
                if (files.size() > limits.folderFiles()) {
                    break;
                }
            }
        }
        Collections.sort(files);
        for (Path file : files) {
            stamps.add(stamp(file));
        }
        return stamps;
    }

    private boolean belongs(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(java.util.Locale.ROOT);
        return name.endsWith(plan.suffix()) && !name.startsWith(".") && Files.isRegularFile(file);
    }

    private static Stamp stamp(Path file) throws IOException {
        BasicFileAttributes found = NamedFile.look(file);
        return new Stamp(file, found.size(), found.lastModifiedTime().toMillis());
    }

    private Result<EntryIndex> read(List<Stamp> stamps) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Stamp stamp : stamps) {
            byte[] bytes;
            try (InputStream in = NamedFile.open(stamp.file())) {
                bytes = in.readNBytes(limits.fileBytes() + 1);
            }
            if (bytes.length > limits.fileBytes()) {
                return Result.failed(tooLarge(stamp.file(), limits.fileBytes()));
            }
            switch (plan.format().read(stamp.file(), bytes)) {
                case Result.Failed<List<Entry>>(Problem problem) -> {
                    return Result.failed(problem);
                }
                case Result.Ok<List<Entry>>(List<Entry> found) -> entries.addAll(found);
            }
            if (entries.size() > limits.entries()) {
                return Result.failed(AddressMessage.TOO_MANY_ENTRIES, "book", plan.name(), "limit", limits.entries());
            }
        }
        return Result.ok(new EntryIndex(entries));
    }

    private Problem tooLarge(Path file, int limit) {
        return Problem.of(AddressMessage.TOO_LARGE, "book", plan.name(), "file", file, "limit", limit);
    }

    private Problem unreadable(Path file, Exception why) {
        return Problem.of(AddressMessage.UNREADABLE, "book", plan.name(), "file", file, "reason", Reason.of(why));
    }
}
