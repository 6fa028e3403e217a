package ekiden.agent;

import ekiden.base.Sha256;
import ekiden.mail.send.MailDraft;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes and recognises the marks of a home's canaries: an id, and a code (HMAC, RFC 2104) that only who knows the home's key can make. So one is
 * recognised however old it is and whatever was forgotten of it, and nobody else's mail is taken for one. Pure; safe from any thread.
 */
final class CanaryMark {
    private static final int BLOCK = 64;
    private static final int INNER = 0x36;
    private static final int OUTER = 0x5c;
    private static final int BYTES = 16;
    private static final Pattern FIELD = Pattern.compile(
            "(?:^|\\n)" + MailDraft.CANARY
                    + ":(?:[ \\t]|\\r?\\n[ \\t])*+([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{22})[ \\t]*\\r?\\n",
            Pattern.CASE_INSENSITIVE);

    private final byte[] key;

    /** The key is longer than a block of the hash, as the key of a home is; so it is hashed first. */
    CanaryMark(String key) {
        this.key = Arrays.copyOf(hash(key.getBytes(StandardCharsets.UTF_8), new byte[0]), BLOCK);
    }

    /** What the header field of a canary says. */
    String of(UUID id) {
        byte[] bytes = bytes(id);
        return text(bytes) + "." + text(code(bytes));
    }

    /** The id of the canary of this home that has this header block, or empty where it is another mail's. */
    Optional<UUID> read(byte[] header) {
        Matcher field = FIELD.matcher(new String(header, StandardCharsets.ISO_8859_1));
        while (field.find()) {
            byte[] id = Base64.getUrlDecoder().decode(field.group(1));
            byte[] code = Base64.getUrlDecoder().decode(field.group(2));
            if (id.length == BYTES && MessageDigest.isEqual(code, code(id))) {
                ByteBuffer parts = ByteBuffer.wrap(id);
                return Optional.of(new UUID(parts.getLong(), parts.getLong()));
            }
        }
        return Optional.empty();
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] code(byte[] id) {
        return Arrays.copyOf(hash(padded(OUTER), hash(padded(INNER), id)), BYTES);
    }

    private byte[] padded(int pad) {
        byte[] padded = key.clone();
        for (int i = 0; i < padded.length; i++) {
            padded[i] ^= (byte) pad;
        }
        return padded;
    }

    private static byte[] hash(byte[] first, byte[] second) {
        MessageDigest digest = Sha256.begin();
        digest.update(first);
        return digest.digest(second);
    }
}
