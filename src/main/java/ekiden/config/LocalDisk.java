package ekiden.config;

import ekiden.base.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a path lies on a disk of this machine. Locks and fsync mean nothing, or something else, on most network file systems. */
public final class LocalDisk {
    private static final Set<String> NETWORK = Set.of(
            "nfs",
            "nfs3",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "smbnetfs",
            "afpfs",
            "afs",
            "9p",
            "v9fs",
            "drvfs",
            "ncpfs",
            "ncp",
            "coda",
            "ceph",
            "glusterfs",
            "lustre",
            "beegfs",
            "gpfs",
            "orangefs",
            "pvfs2",
            "webdav",
            "davfs",
            "sshfs",
            "s3fs",
            "rclone",
            "vboxsf",
            "prl_fs",
            "vmhgfs");

    private LocalDisk() {}

    /**
     * @param path any; it need not exist, then the folder above it counts
     * @return the problem of lying on a network file system, or empty
     */
    public static Optional<Problem> check(Path path) {
        return check(path, type(path));
    }

    static Optional<Problem> check(Path path, @Nullable String type) {
        boolean share = path.toString().startsWith("\\\\");
        String name = type == null ? "" : type.toLowerCase(Locale.ROOT);
        boolean network =
                NETWORK.contains(name) || (name.startsWith("fuse.") && fuse(name.substring("fuse.".length())));
        return share || network
                ? Optional.of(Problem.of(SettingsMessage.HOME_ON_NETWORK, "path", path, "type", share ? "UNC" : name))
                : Optional.empty();
    }

    private static boolean fuse(String name) {
        return NETWORK.contains(name) || name.startsWith("dav") || name.contains("gcsfuse") || name.startsWith("s3");
    }

    private static @Nullable String type(Path path) {
        Path there = path.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null) {
            return null;
        }
        try {
            return Files.getFileStore(there).type();
        } catch (IOException unknown) {
            // Not knowing is no reason to refuse: the checks that follow touch the disk itself.
            return null;
        }
    }
}
