package ekiden.http;

import ekiden.base.Reason;
import ekiden.base.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The secret that lets the home's owner in: 256 random bits in a file that only the owner reads. Never shown. Immutable. */
final class ApiToken {
    private static final int BYTES = 32;
    private static final int LONGEST_FILE = 1_024;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43,200}");
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final byte[] secret;
    private final boolean renewed;

    private ApiToken(String secret, boolean renewed) {
        this.secret = secret.getBytes(StandardCharsets.US_ASCII);
        this.renewed = renewed;
    }

    /** Reads the token, or makes one: where there is none, and where others could have read the old one. */
    static Result<ApiToken> ensure(Path file) {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Result.ok(new ApiToken(make(file), false));
            }
            if (!ownerOnly(file)) {
                return Result.ok(new ApiToken(make(file), true));
            }
            return read(file);
        } catch (IOException wrong) {
            return Result.failed(ApiMessage.TOKEN_FILE, "file", file, "reason", Reason.of(wrong));
        }
    }

    private static Result<ApiToken> read(Path file) throws IOException {
        if (Files.size(file) > LONGEST_FILE) {
            return Result.failed(ApiMessage.BAD_TOKEN, "file", file);
        }
        String token = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        return FORM.matcher(token).matches()
                ? Result.ok(new ApiToken(token, false))
                : Result.failed(ApiMessage.BAD_TOKEN, "file", file);
    }

    /** Whether it is a file of its own that nobody else can read; where there are no such rights, the folder has to see to it. */
    private static boolean ownerOnly(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        return !posix(file) || OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
    }

    private static boolean posix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Complete or absent: written beside, forced, renamed. */
    private static String make(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(part);
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileAttribute<?>[] rights = posix(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        try (FileChannel channel = FileChannel.open(part, options, rights)) {
            ByteBuffer text = ByteBuffer.wrap((token + "\n").getBytes(StandardCharsets.US_ASCII));
            while (text.hasRemaining()) {
                channel.write(text);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        return token;
    }

    /** Whether the header {@code Authorization} carries the token. Takes the same time for every wrong one of its length. */
    boolean allows(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return false;
        }
        byte[] given = authorization.substring(7).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, secret);
    }

    /** Whether the file was there, but others could read it. */
    boolean renewed() {
        return renewed;
    }

    @Override
    public String toString() {
        return "token";
    }
}
