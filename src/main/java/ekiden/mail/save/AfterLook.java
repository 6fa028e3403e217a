package ekiden.mail.save;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.json.Json;
import ekiden.model.definition.SaveOptions.FileAccess;
import ekiden.model.mail.SavedMail;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at attachments once more after their folder has its name, and before a job hears of them: a virus scanner that watches the disk may have
 * taken one away, locked it, or changed it. What is not as it was saved is not listed as present; manifest and list are written anew to say so.
 *
 * <p>Safe from any thread for different claims. Done again after a crash it comes to the same.
 */
public final class AfterLook {
    /** No attachment has this name. */
    static final String ANEW = ".ekiden-anew";

    private static final int MAX_MANIFEST_BYTES = 64 << 20;
    private static final int PIECE = 64 * 1024;

    private final Disk disk;
    private final ZoneId zone;

    /**
     * @param disk where the files are
     * @param zone in which the list tells times
     */
    public AfterLook(Disk disk, ZoneId zone) {
        this.disk = disk;
        this.zone = zone;
    }

    /**
     * @param claim under which the mail was saved
     * @param saved its files
     * @param closely whether their bytes are compared too, and not only looked for
     * @param access of files that are written anew, or null
     * @return the files that are there; or why that cannot be found out now
     */
    public Result<SavedMail> look(String claim, SavedMail saved, boolean closely, @Nullable FileAccess access) {
        Path folder = Path.of(saved.folder());
        try {
            Manifest manifest = manifest(folder);
            if (manifest == null || !manifest.claim().equals(claim)) {
                return Result.ok(saved);
            }
            List<Manifest.Entry> entries = new ArrayList<>();
            for (Manifest.Entry entry : manifest.attachments()) {
                entries.add(looked(folder, entry, closely));
            }
            if (entries.equals(manifest.attachments())) {
                return Result.ok(saved);
            }
            Manifest now = manifest.with(entries);
            write(folder, now, access);
            return Result.ok(now.savedIn(folder));
        } catch (IOException failure) {
            return Result.failed(MailSaver.problem(folder, failure));
        }
    }

    private @Nullable Manifest manifest(Path folder) throws IOException {
        Path file = folder.resolve(Manifest.NAME);
        if (!disk.exists(file)) {
            return null;
        }
        try (InputStream in = disk.read(file)) {
            return Json.read(new String(in.readNBytes(MAX_MANIFEST_BYTES), StandardCharsets.UTF_8), Manifest.class);
        } catch (Json.Unreadable notOurs) {
            return null;
        }
    }

    private Manifest.Entry looked(Path folder, Manifest.Entry entry, boolean closely) {
        String name = entry.savedName();
        if (name == null) {
            return entry;
        }
        Path file = folder.resolve(name);
        try {
            boolean same = disk.size(file) == entry.size() && (closely ? sameBytes(file, entry) : readable(file));
            return same ? entry : entry.with(null, Problem.of(SaveMessage.CHANGED));
        } catch (IOException goneOrLocked) {
            return entry.with(null, Problem.of(SaveMessage.TAKEN_AWAY));
        }
    }

    private boolean readable(Path file) throws IOException {
        try (InputStream in = disk.read(file)) {
            in.read();
            return true;
        }
    }

    private boolean sameBytes(Path file, Manifest.Entry entry) throws IOException {
        MessageDigest digest = Digests.sha256();
        try (InputStream in = disk.read(file)) {
            byte[] piece = new byte[PIECE];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                digest.update(piece, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest()).equals(entry.sha256());
    }

    /** The list first: while the manifest says nothing, all is done again. */
    private void write(Path folder, Manifest now, @Nullable FileAccess access) throws IOException {
        Manifest told = now;
        String list = now.list();
        if (list != null) {
            String senders = ListFile.oneLine(String.join(", ", now.from() == null ? List.of() : now.from()));
            byte[] text = ListFile.of(senders, now.received(), zone, folder, now.attachments())
                    .getBytes(StandardCharsets.UTF_8);
            replace(folder, list, text, access);
            told = now.withFile(new Manifest.Own(list, text.length, Digests.sha256(text)));
        }
        replace(folder, Manifest.NAME, (Json.writePretty(told) + "\n").getBytes(StandardCharsets.UTF_8), access);
    }

    private void replace(Path folder, String name, byte[] bytes, @Nullable FileAccess access) throws IOException {
        Path anew = folder.resolve(ANEW);
        disk.delete(anew);
        try (Disk.Output out = disk.create(anew)) {
            out.write(ByteBuffer.wrap(bytes));
            out.force();
        }
        if (access != null) {
            disk.setAccess(anew, access.owner(), access.group(), access.mode());
        }
        disk.rename(anew, folder.resolve(name));
        disk.forceFolder(folder);
    }
}
