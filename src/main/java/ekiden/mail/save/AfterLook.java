package ekiden.mail.save;

import ekiden.base.LazyLogger;
import ekiden.base.Result;
import ekiden.base.Sha256;
import ekiden.disk.Disk;
import ekiden.model.definition.SaveOptions.FileAccess;
import ekiden.model.mail.SavedMail;
import ekiden.model.mail.SavedMail.SavedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at attachments once more after their folder has its name, and before a job hears of them: a virus scanner that watches the disk may have
 * taken one away, locked it, or changed it. What is not as it was saved is not listed as present; manifest and list are written anew to say so.
 *
 * <p>Names, sizes and hashes are those that the caller knows, never those that lie in the folder: it may have been given to somebody else. Nothing
 * outside of the folder is looked at or written, no link is followed, and a manifest that is not the one that was written stays as it is.
 *
 * <p>Safe from any thread for different claims. Done again after a crash it comes to the same.
 */
final class AfterLook {
    private static final String ANEW = "anew";

    private final Disk disk;
    private final Parts parts;

    AfterLook(Disk disk, Parts parts) {
        this.disk = disk;
        this.parts = parts;
    }

    /** As {@link MailSaver#look}. */
    Result<SavedMail> look(SavedMail saved, MailSaver.Look how) {
        Path folder = Path.of(saved.folder());
        try {
            boolean folderThere = disk.isFolder(folder);
            List<SavedFile> now = new ArrayList<>();
            for (SavedFile file : saved.attachments()) {
                now.add(looked(folder, folderThere, file, how.closely()));
            }
            if (now.equals(saved.attachments())) {
                return Result.ok(saved);
            }
            Manifest.Read known = Manifest.read(disk, folder);
            String anew = saved.manifest();
            if (known != null && known.sha256().equals(anew)) {
                anew = write(folder, told(known.manifest(), now), how);
            }
            return Result.ok(saved.with(now, anew));
        } catch (IOException failure) {
            return Result.failed(MailSaver.problem(folder, failure));
        }
    }

    private SavedFile looked(Path folder, boolean folderThere, SavedFile file, boolean closely) {
        if (file.path() == null) {
            return file;
        }
        Path path = Path.of(file.path());
        if (!folderThere || !folder.equals(path.getParent())) {
            return without(file, SaveMessage.TAKEN_AWAY);
        }
        try {
            boolean same = closely
                    ? Digests.same(disk, path, file.size(), file.sha256())
                    : readable(path) && disk.size(path) == file.size();
            return same ? file : without(file, SaveMessage.CHANGED);
        } catch (IOException goneOrLocked) {
            return without(file, SaveMessage.TAKEN_AWAY);
        }
    }

    private static SavedFile without(SavedFile file, SaveMessage why) {
        return new SavedFile(file.name(), null, file.type(), file.size(), file.sha256(), why.id());
    }

    private boolean readable(Path file) throws IOException {
        try (InputStream in = disk.readPlain(file)) {
            in.read();
            return true;
        }
    }

    /** The manifest is the one that was written: its attachments are those of the mail, in their order. */
    private static Manifest told(Manifest manifest, List<SavedFile> now) {
        List<Manifest.Entry> entries = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            Manifest.Entry entry = manifest.attachments().get(i);
            boolean there = now.get(i).path() != null || entry.savedName() == null;
            entries.add(there ? entry : entry.with(null, now.get(i).problem()));
        }
        return manifest.with(entries, null);
    }

    private String write(Path folder, Manifest now, MailSaver.Look how) throws IOException {
        Path part = Parts.of(Objects.requireNonNull(folder.getParent()), now.claim());
        parts.begin(part);
        try {
            disk.makeFolder(part);
            return write(folder, part, now, how);
        } finally {
            clearUp(part);
        }
    }

    /** The list first: while the manifest says nothing, all is done again. */
    private String write(Path folder, Path part, Manifest now, MailSaver.Look how) throws IOException {
        Manifest told = now;
        String list = now.list();
        if (list != null) {
            String senders = ListFile.oneLine(String.join(", ", now.from() == null ? List.of() : now.from()));
            byte[] text = ListFile.of(senders, now.received(), how.zone(), folder, now.attachments())
                    .getBytes(StandardCharsets.UTF_8);
            replace(folder.resolve(list), part, text, how.access());
            told = now.with(now.attachments(), new Manifest.Own(list, text.length, Sha256.hex(text)));
        }
        byte[] bytes = told.bytesOfFile();
        replace(folder.resolve(Manifest.NAME), part, bytes, how.access());
        disk.forceFolder(folder);
        return Sha256.hex(bytes);
    }

    /** Written and given away where only we may write: in the mail's folder somebody else may put a link in the way meanwhile. */
    private void replace(Path file, Path part, byte[] bytes, @Nullable FileAccess access) throws IOException {
        Path anew = part.resolve(ANEW);
        disk.delete(anew);
        try (Disk.Output out = disk.create(anew)) {
            out.write(ByteBuffer.wrap(bytes));
            out.force();
        }
        if (access != null) {
            disk.setAccess(anew, access.owner(), access.group(), access.mode());
        }
        disk.rename(anew, file);
    }

    private void clearUp(Path part) {
        try {
            parts.remove(part);
        } catch (IOException left) {
            LazyLogger.of(AfterLook.class).log(System.Logger.Level.DEBUG, "left for the next start: {0}", part);
        } finally {
            parts.end(part);
        }
    }
}
