package ekiden.disk;

import ekiden.base.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Owner, group and mode of a file on a POSIX system; elsewhere none of them can be set. */
final class PosixAccess {
    /** From the lowest bit of a mode up. */
    private static final PosixFilePermission[] BITS = {
        PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ,
    };

    private PosixAccess() {}

    /** One of the three. */
    private interface Change {
        void run() throws IOException;
    }

    /** The mode first: who gave the file away may not change it any more. */
    static void set(Path path, @Nullable String owner, @Nullable String group, @Nullable String mode)
            throws IOException {
        if (owner == null && group == null && mode == null) {
            return;
        }
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            throw new Disk.NotPermitted(path, "owner, group, mode", "this system has none of them");
        }
        UserPrincipalLookupService names = path.getFileSystem().getUserPrincipalLookupService();
        if (mode != null) {
            change(path, "mode " + mode, () -> view.setPermissions(permissions(mode)));
        }
        if (group != null) {
            change(path, "group " + group, () -> view.setGroup(names.lookupPrincipalByGroupName(group)));
        }
        if (owner != null) {
            change(path, "owner " + owner, () -> view.setOwner(names.lookupPrincipalByName(owner)));
        }
    }

    private static void change(Path path, String what, Change change) throws IOException {
        try {
            change.run();
        } catch (UserPrincipalNotFoundException unknown) {
            throw new Disk.NotPermitted(path, what, "not known on this machine");
        } catch (IOException refused) {
            throw new Disk.NotPermitted(path, what, Reason.of(refused));
        }
    }

    private static Set<PosixFilePermission> permissions(String mode) {
        int wanted = Integer.parseInt(mode, 8);
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BITS.length; bit++) {
            if ((wanted >> bit & 1) == 1) {
                permissions.add(BITS[bit]);
            }
        }
        return permissions;
    }
}
