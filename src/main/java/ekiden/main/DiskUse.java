package ekiden.main;

import ekiden.config.HomePaths;
import ekiden.http.StoredBytes;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Counts the bytes that lie in a home. Links are counted themselves, never followed. */
final class DiskUse {
    /** Files and folders of one kind that are counted; the rest is not. */
    static final int MOST = 200_000;

    private final HomePaths paths;
    private boolean whole = true;

    private DiskUse(HomePaths paths) {
        this.paths = paths;
    }

    static StoredBytes.Use of(HomePaths paths) {
        return new DiskUse(paths).count();
    }

    private StoredBytes.Use count() {
        long spool = below(paths.spool());
        long files = below(paths.files());
        long attempts = below(paths.attempts());
        long journal = below(paths.reports());
        for (String end : new String[] {"", "-wal", "-shm"}) {
            Path database = paths.database();
            journal += below(database.resolveSibling(database.getFileName() + end));
        }
        return new StoredBytes.Use(spool, files, attempts, journal, whole);
    }

    private long below(Path folder) {
        Sum sum = new Sum();
        try {
            if (Files.exists(folder)) {
                Files.walkFileTree(folder, sum);
            }
        } catch (IOException partly) {
            whole = false;
        }
        whole &= sum.seen <= MOST;
        return sum.bytes;
    }

    /** What goes while it is counted counts for nothing. */
    private static final class Sum implements FileVisitor<Path> {
        private long bytes;
        private int seen;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return next();
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return next();
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return next();
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException perhaps) {
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult next() {
            seen++;
            return seen > MOST ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }
    }
}
