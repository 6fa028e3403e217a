package ekiden.wait;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.mail.save.MailSaver;
import ekiden.mail.save.SaveExtras;
import ekiden.mail.save.SaveOrder;
import ekiden.model.mail.SavedMail;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A folder for each mail, with body, attachments, list and manifest, as jobs have it. */
public final class FolderFiles implements WaitFiles {
    private final MailSaver saver;
    private final Path folder;
    private final Supplier<ZoneId> zone;
    private String state = "";

    /**
     * @param disk where files go
     * @param folder the parent of the mails' folders, absolute
     * @param zone in which the list tells times
     */
    public FolderFiles(Disk disk, Path folder, Supplier<ZoneId> zone) {
        this.saver = new MailSaver(disk);
        this.folder = folder;
        this.zone = zone;
    }

    @Override
    public @Nullable Problem begin(String id, @Nullable Set<Long> unfinished) {
        state = id;
        return null;
    }

    @Override
    public void prepare(List<Order> orders) {
        // a folder is seen as soon as it has its name
    }

    @Override
    public Result<Optional<SavedMail>> save(Order order) {
        SaveOrder saving = new SaveOrder(
                state + "/" + order.number(),
                folder,
                "mail-" + order.number(),
                SaveOrder.BODY,
                SaveOrder.LIST,
                null,
                true,
                order.arrival().received(),
                zone.get(),
                SaveExtras.NONE);
        return saver.save(order.message(), order.arrival().raw(), saving).then(saved -> Result.ok(Optional.of(saved)));
    }

    @Override
    public @Nullable Problem force() {
        return null;
    }

    @Override
    public void clear(List<Order> saved) {
        // the saver leaves nothing behind
    }

    @Override
    public @Nullable Problem end() {
        return null;
    }
}
