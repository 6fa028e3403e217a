package ekiden.mail.save;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.mail.mime.SafeName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Lets attachments that are written be looked at, one after another, in the temporary folder of their mail. */
final class CheckedParts {
    private static final int PIECE = 64 * 1024;

    private final Disk disk;
    private final Path folder;
    private final SafeName.Folder names;
    private final Set<String> later;

    /** @param later names of files that are written into the folder when all is checked */
    CheckedParts(Disk disk, Path folder, SafeName.Folder names, Set<String> later) {
        this.disk = disk;
        this.folder = folder;
        this.names = names;
        this.later = later;
    }

    /** Why the whole mail is not saved. */
    static final class WholeMail extends IOException {
        private static final long serialVersionUID = 1;
        private final transient Problem problem;

        WholeMail(Problem problem) {
            super(problem.id());
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    /** Before anything is done: what is done first would have to be done again where a later check lets the mail wait. */
    static void whetherAway(List<PartCheck> checks) throws WholeMail {
        for (PartCheck check : checks) {
            Problem problem = check.away();
            if (problem != null) {
                throw new WholeMail(problem);
            }
        }
    }

    /** The attachment after all checks; without a saved name where one of them refused it. */
    Manifest.Entry check(Manifest.Entry entry, List<PartCheck> checks) throws IOException {
        Manifest.Entry now = entry;
        for (PartCheck check : checks) {
            String name = now.savedName();
            if (name != null) {
                now = check.changes() ? changed(now, name, check) : looked(now, name, name, check);
            }
        }
        return now;
    }

    private Manifest.Entry looked(Manifest.Entry entry, String name, String file, PartCheck check) throws IOException {
        PartCheck.Facts facts =
                new PartCheck.Facts(entry.name(), name, entry.type(), entry.size(), String.valueOf(entry.sha256()));
        List<Path> before = check.changes() ? disk.list(folder) : List.of();
        Result<PartCheck.Verdict> said = check.check(folder.resolve(file), facts);
        return switch (check.changes() ? afterProgram(said, before, folder.resolve(file), check) : said) {
            case Result.Failed<PartCheck.Verdict>(Problem problem) -> throw new WholeMail(problem);
            case Result.Ok<PartCheck.Verdict>(PartCheck.Verdict verdict) -> after(verdict, entry, name);
        };
    }

    /** A program may have done anything in the folder; what nobody could save is told as its failure, once. */
    private Result<PartCheck.Verdict> afterProgram(
            Result<PartCheck.Verdict> said, List<Path> before, Path copy, PartCheck check) throws IOException {
        if (!(said instanceof Result.Ok<PartCheck.Verdict>(PartCheck.Verdict verdict))) {
            return said;
        }
        String wrong = wrong(before, copy);
        if (!wrong.isEmpty()) {
            return check.unusable(wrong, false);
        }
        return verdict instanceof PartCheck.Fine && disk.exists(copy) && !disk.isFile(copy)
                ? check.unusable("it left something that is no file", true)
                : said;
    }

    private String wrong(List<Path> before, Path copy) throws IOException {
        if (!disk.isFolder(folder)) {
            return "it removed the folder";
        }
        for (Path file : before) {
            if (!file.equals(copy) && !disk.isFile(file)) {
                return "it removed another file: " + file.getFileName();
            }
        }
        for (String name : later) {
            if (disk.exists(folder.resolve(name))) {
                return "it made a file " + name;
            }
        }
        return "";
    }

    private Manifest.Entry after(PartCheck.Verdict verdict, Manifest.Entry entry, String name) throws IOException {
        return switch (verdict) {
            case PartCheck.Fine() -> entry;
            case PartCheck.AsItCame(Problem problem) -> entry.with(name, problem.id());
            case PartCheck.NotSaved(Problem problem) -> {
                disk.delete(folder.resolve(name));
                yield entry.with(null, problem.id());
            }
        };
    }

    /** What a program did to its copy counts only where it ended well; a copy that it removed is an attachment that it took out. */
    private Manifest.Entry changed(Manifest.Entry entry, String name, PartCheck check) throws IOException {
        Path file = folder.resolve(name);
        String copyName = names.name(name);
        Path copy = folder.resolve(copyName);
        copy(file, copy);
        Manifest.Entry looked = looked(entry, name, copyName, check);
        if (looked.savedName() == null || !looked.equals(entry)) {
            Parts.remove(disk, copy);
            return looked;
        }
        if (!disk.exists(copy)) {
            disk.delete(file);
            return entry.with(null, SaveMessage.FILTERED_OUT.id());
        }
        Manifest.Own now = Digests.of(disk, copy);
        if (now.sha256().equals(entry.sha256())) {
            disk.delete(copy);
            return entry;
        }
        try (Disk.Output out = disk.append(copy)) {
            out.force();
        }
        disk.rename(copy, file);
        return new Manifest.Entry(
                entry.name(), name, entry.type(), now.size(), now.sha256(), SaveMessage.FILTERED.id());
    }

    private void copy(Path from, Path to) throws IOException {
        try (InputStream in = disk.read(from);
                Disk.Output out = disk.create(to)) {
            byte[] piece = new byte[PIECE];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                out.write(ByteBuffer.wrap(piece, 0, read));
            }
        }
    }
}
