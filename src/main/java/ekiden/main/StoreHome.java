package ekiden.main;

import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.config.HomePaths;
import ekiden.disk.Disk;
import ekiden.store.Store;
import ekiden.store.StoreMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * A store belongs to one home, also when another one has it after the other: spool and attempts of a home know nothing of what another home
 * began. Both bear the same id. The home's is durable before the store's, so a start that is cut off between the two is done by the next.
 */
final class StoreHome {
    private static final int LONGEST_NOTE = 100;

    private final Disk disk;
    private final HomePaths paths;
    private final Ids ids;

    StoreHome(Disk disk, HomePaths paths, Ids ids) {
        this.disk = disk;
        this.paths = paths;
        this.ids = ids;
    }

    /** Takes a store that belongs to nobody. {@return true, or whose it is and how a person can give it to this home} */
    Result<Boolean> claim(Store store) {
        try {
            Optional<UUID> own = own();
            Optional<UUID> owner = store.read(tx -> tx.owner().find());
            if (owner.isPresent()) {
                return own.equals(owner) ? Result.ok(true) : Result.failed(refusal(owner.get(), own));
            }
            UUID id = own.isPresent() ? own.get() : begin();
            return switch (store.write(tx -> {
                tx.owner().take(id);
                return tx.owner().find().orElse(id);
            })) {
                case Store.Outcome.Committed<UUID>(UUID taken) when taken.equals(id) -> Result.ok(true);
                case Store.Outcome.Committed<UUID>(UUID taken) -> Result.failed(refusal(taken, Optional.of(id)));
                case Store.Outcome.Conflict<UUID>() -> claim(store);
                case Store.Outcome.RolledBack<UUID>(Problem problem) -> Result.failed(problem);
                case Store.Outcome.Unknown<UUID>(Problem problem) -> Result.failed(problem);
            };
        } catch (Store.Unavailable unavailable) {
            return Result.failed(unavailable.problem());
        } catch (IOException wrong) {
            return Result.failed(StoreMessage.HOME_ID, "file", paths.id(), "reason", Reason.of(wrong));
        }
    }

    private Problem refusal(UUID owner, Optional<UUID> own) {
        return Problem.of(
                StoreMessage.OTHER_HOME,
                "home",
                paths.folder(),
                "owner",
                owner,
                "own",
                own.map(UUID::toString).orElse("-"),
                "file",
                paths.id());
    }

    /** What cannot be read as an id is none. */
    private Optional<UUID> own() throws IOException {
        try (InputStream in = disk.read(paths.id())) {
            return Optional.of(
                    UUID.fromString(new String(in.readNBytes(LONGEST_NOTE), StandardCharsets.US_ASCII).strip()));
        } catch (NoSuchFileException | IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private UUID begin() throws IOException {
        UUID id = ids.next();
        Path part = paths.id().resolveSibling(paths.id().getFileName() + ".part");
        disk.delete(part);
        try (Disk.Output out = disk.create(part)) {
            out.write(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.US_ASCII)));
            out.force();
        }
        disk.rename(part, paths.id());
        disk.forceFolder(paths.folder());
        return id;
    }
}
