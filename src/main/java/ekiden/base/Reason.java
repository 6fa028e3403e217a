package ekiden.base;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/**
 * Why the system refused, in the words that its own tools use. The name of a file is left out: the message has it where people may see
 * it, and it may be mail content. Messages translate the usual ones. Pure.
 */
public final class Reason {
    /** What the system calls a file that is not there. */
    public static final String ABSENT = "No such file or directory";

    private static final String NONE = "no reason was given";

    private Reason() {}

    /**
     * @param failed what went wrong
     * @return one short phrase in English
     */
    public static String of(Throwable failed) {
        return switch (failed) {
            case NoSuchFileException absent -> ABSENT;
            case AccessDeniedException denied -> "Permission denied";
            case FileAlreadyExistsException there -> "File exists";
            case DirectoryNotEmptyException full -> "Directory not empty";
            case NotDirectoryException file -> "Not a directory";
            case FileSystemLoopException loop -> "Too many levels of symbolic links";
            case FileSystemException other -> given(other.getReason());
            case FileNotFoundException old -> inBrackets(old.getMessage());
            case CharacterCodingException bytes -> "not UTF-8";
            case EOFException early -> "it ends too early";
            case ClosedChannelException closed -> "it was closed meanwhile";
            case UnknownHostException name -> "unknown host";
            case SocketTimeoutException late -> "no answer in time";
            case InvalidPathException name -> "not the name of a file";
            case IOException outer when outer.getCause() instanceof IOException inner -> of(inner);
            default -> given(failed.getMessage());
        };
    }

    private static String given(@Nullable String words) {
        return words == null || words.isBlank() ? NONE : words;
    }

    /** {@code /path (Permission denied)}: what stands in the last brackets. */
    private static String inBrackets(@Nullable String words) {
        String all = given(words);
        int open = all.lastIndexOf('(');
        return open > 0 && all.endsWith(")") ? all.substring(open + 1, all.length() - 1) : ABSENT;
    }
}
