package ekiden.wait;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.mail.save.FlatSaver;
import ekiden.mail.save.NameTemplate;
import ekiden.model.mail.SavedMail;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All files side by side in one folder, named by templates. */
public final class FlatFiles implements WaitFiles {
    private final Disk disk;
    private final Path folder;
    private final NameTemplate bodyName;
    private final NameTemplate attachmentName;
    private final Supplier<ZoneId> zone;
    private final Map<Long, Result<FlatSaver.Written>> written = new HashMap<>();
    private @Nullable FlatSaver saver;
    private @Nullable Problem notDurable;

    /**
     * @param disk where files go
     * @param folder the folder, absolute
     * @param bodyName names bodies
     * @param attachmentName names attachments
     * @param zone in which names tell date and time
     */
    public FlatFiles(
            Disk disk, Path folder, NameTemplate bodyName, NameTemplate attachmentName, Supplier<ZoneId> zone) {
        this.disk = disk;
        this.folder = folder;
        this.bodyName = bodyName;
        this.attachmentName = attachmentName;
        this.zone = zone;
    }

    @Override
    public @Nullable Problem begin(String state, @Nullable Set<Long> unfinished) {
        saver = new FlatSaver(disk, folder, bodyName, attachmentName, zone.get(), state);
        return saver.begin(unfinished);
    }

    private FlatSaver saver() {
        return Objects.requireNonNull(saver, "begin comes first");
    }

    @Override
    public void prepare(List<Order> orders) {
        for (Order order : orders) {
            FlatSaver.Order mail = new FlatSaver.Order(
                    order.number(),
                    order.again(),
                    order.arrival().uid(),
                    order.arrival().received(),
                    order.message(),
                    order.arrival().raw());
            written.put(order.number(), saver().write(mail));
        }
        notDurable = saver().force();
    }

    @Override
    public Result<Optional<SavedMail>> save(Order order) {
        if (notDurable != null) {
            return Result.failed(notDurable);
        }
        return Objects.requireNonNull(written.get(order.number()), "prepared")
                .then(saver()::publish)
                .then(saved -> Result.ok(Optional.of(saved)));
    }

    @Override
    public @Nullable Problem force() {
        return saver().forceNames();
    }

    @Override
    public void clear(List<Order> saved) {
        for (Order order : saved) {
            if (written.get(order.number()) instanceof Result.Ok<FlatSaver.Written>(FlatSaver.Written files)) {
                saver().clear(files);
            }
            written.remove(order.number());
        }
    }

    @Override
    public @Nullable Problem end() {
        return saver().forceNames();
    }
}
