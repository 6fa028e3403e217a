package ekiden.mail.send;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.disk.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which files {@code attach} means: names and patterns with {@code *}, {@code ?} (within one name) and {@code **} (across
 * folders). Symbolic links are followed where the system follows them. Safe from any thread.
 */
public final class AttachmentFiles {
    private static final Logger LOG = LazyLogger.of(AttachmentFiles.class);

    /** Bytes of a list. */
    private static final int MAX_LIST = 16 << 20;

    private final Disk disk;
    private final ComposeLimits limits;

    /**
     * With the default limits.
     *
     * @param disk where the files lie
     */
    public AttachmentFiles(Disk disk) {
        this(disk, ComposeLimits.DEFAULT);
    }

    /**
     * @param disk where the files lie
     * @param limits how many files, and how far to look for them
     */
    public AttachmentFiles(Disk disk, ComposeLimits limits) {
        this.disk = disk;
        this.limits = limits;
    }

    /**
     * Finds them all, or says which cannot be found.
     *
     * @param patterns as a user wrote them, absolute or relative to {@code base}
     * @param base an absolute folder
     * @return the files: patterns in their order, the files of one pattern sorted, none twice
     */
    public Result<List<Path>> resolve(List<String> patterns, Path base) {
        Set<Path> found = new LinkedHashSet<>();
        for (String pattern : patterns) {
            switch (one(pattern, base)) {
                case Result.Failed<Set<Path>>(Problem problem) -> {
                    return Result.failed(problem);
                }
                case Result.Ok<Set<Path>>(Set<Path> files) -> found.addAll(files);
            }
            if (found.size() > limits.attachments()) {
                return Result.failed(
                        ComposeMessage.TOO_MANY_ATTACHMENTS, "count", found.size(), "limit", limits.attachments());
            }
        }
        return Result.ok(new ArrayList<>(found));
    }

    /**
     * As {@link #resolve(List, Path)}, with what a file lists behind them.
     *
     * @param patterns as a user wrote them
     * @param list in UTF-8, a name or pattern a line, blank lines left out; or null
     * @param base an absolute folder, also for what is listed and for the list
     * @return the files, or which cannot be found
     */
    public Result<List<Path>> resolve(List<String> patterns, @Nullable String list, Path base) {
        if (list == null) {
            return resolve(patterns, base);
        }
        return listed(base.resolve(list).normalize()).then(more -> {
            List<String> all = new ArrayList<>(patterns);
            all.addAll(more);
            return resolve(all, base);
        });
    }

    private Result<List<String>> listed(Path list) {
        try (InputStream in = disk.readNamed(list)) {
            byte[] bytes = in.readNBytes(MAX_LIST + 1);
            if (bytes.length > MAX_LIST) {
                return Result.failed(ComposeMessage.LIST_UNREADABLE, "file", list, "detail", "> " + MAX_LIST);
            }
            return TextFile.text(bytes, list)
                    .then(text -> few(text.lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList()));
        } catch (IOException unreadable) {
            return Result.failed(ComposeMessage.LIST_UNREADABLE, "file", list, "detail", Reason.of(unreadable));
        }
    }

    private Result<List<String>> few(List<String> lines) {
        return lines.size() > limits.attachments()
                ? Result.failed(
                        ComposeMessage.TOO_MANY_ATTACHMENTS, "count", lines.size(), "limit", limits.attachments())
                : Result.ok(lines);
    }

    private Result<Set<Path>> one(String pattern, Path base) {
        try {
            // A file may be called like a pattern; then it is meant.
            boolean glob = pattern.indexOf('*') >= 0 || pattern.indexOf('?') >= 0;
            if (!glob || (validPath(pattern) && disk.exists(base.resolve(pattern)))) {
                return named(base.resolve(pattern).normalize());
            }
            return new Search(pattern, base).run();
        } catch (InvalidPathException unreadable) {
            return Result.failed(ComposeMessage.BAD_PATTERN, "pattern", TextRules.printable(pattern));
        }
    }

    private static boolean validPath(String pattern) {
        try {
            return !Path.of(pattern).toString().isEmpty();
        } catch (InvalidPathException notHere) {
            LOG.log(Level.TRACE, "a pattern that is no path on this system", notHere);
            return false;
        }
    }

    private Result<Set<Path>> named(Path file) {
        try {
            disk.readNamed(file).close();
            return Result.ok(Set.of(file));
        } catch (IOException unreadable) {
            return Result.failed(Composer.problemOf(file, unreadable));
        }
    }

    /** One pattern on its way through the folders. */
    private final class Search {
        private final String pattern;
        private final Path start;
        private final PathGlob matcher;
        private final boolean deep;
        private final int levels;
        private final Set<Path> found = new TreeSet<>();
        private int lookedAt;

        Search(String pattern, Path base) {
            this.pattern = pattern;
            String slashed = pattern.replace('\\', '/');
            int firstWild = firstWild(slashed);
            int cut = slashed.lastIndexOf('/', firstWild) + 1;
            this.start = base.resolve(slashed.substring(0, cut)).normalize();
            String rest = slashed.substring(cut);
            this.matcher = new PathGlob(rest);
            this.deep = rest.contains("**");
            this.levels = (int) rest.chars().filter(c -> c == '/').count() + 1;
        }

        Result<Set<Path>> run() {
            walk(start, 1);
            if (lookedAt > limits.lookedAt()) {
                return Result.failed(ComposeMessage.PATTERN_TOO_WIDE, "pattern", pattern, "limit", limits.lookedAt());
            }
            return found.isEmpty()
                    ? Result.failed(ComposeMessage.NOTHING_FITS, "pattern", pattern, "folder", start)
                    : Result.ok(found);
        }

        private void walk(Path folder, int level) {
            for (Path entry : entries(folder)) {
                lookedAt++;
                if (lookedAt > limits.lookedAt() || found.size() > limits.attachments()) {
                    return;
                }
                if (matcher.covers(start.relativize(entry)) && isFile(entry)) {
                    found.add(entry);
                } else if (deep ? level < limits.depth() : level < levels) {
                    walk(entry, level + 1);
                }
            }
        }

        // Only folders have entries; asking a file for them is an error or gives none.
        private List<Path> entries(Path folder) {
            try {
                return disk.list(folder);
            } catch (IOException noFolder) {
                LOG.log(Level.TRACE, "not a folder", noFolder);
                return List.of();
            }
        }

        private boolean isFile(Path entry) {
            try {
                disk.readNamed(entry).close();
                return true;
            } catch (IOException folder) {
                LOG.log(Level.TRACE, "not a file", folder);
                return false;
            }
        }

        private static int firstWild(String text) {
            int star = text.indexOf('*');
            int mark = text.indexOf('?');
            return star < 0 ? mark : mark < 0 ? star : Math.min(star, mark);
        }
    }
}
