package ekiden.mail.mime;

import ekiden.base.Problem;
import ekiden.base.Sha256;
import ekiden.model.mail.Address;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.SavedMail;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The object that {@code ekiden mail read} and {@code ekiden mail wait} print for a mail: a contract (names and meaning
 * of its properties do not change). A property without a value is there with {@code null}.
 */
public final class ReadMailJson {
    private ReadMailJson() {}

    /**
     * @param file what the mail is called to the user, or null for no such property
     * @param message the mail
     * @param raw its bytes, from which the attachments' SHA-256 are taken
     * @return the object, in the order of the contract
     * @throws IOException when the bytes cannot be read
     */
    public static Map<String, @Nullable Object> readable(@Nullable String file, Message message, RawSource raw)
            throws IOException {
        List<String> digests = new ArrayList<>();
        for (Part part : message.attachments()) {
            digests.add(digest(part, raw));
        }
        return readable(file, message, digests);
    }

    /**
     * As {@link #readable}, for a mail whose files were saved: their digests need not be taken again.
     *
     * @param message the mail
     * @param raw its bytes
     * @param saved its files, in the order of the mail
     * @return the object, without {@code file}
     * @throws IOException when the bytes cannot be read
     */
    public static Map<String, @Nullable Object> saved(Message message, RawSource raw, SavedMail saved)
            throws IOException {
        List<String> digests = new ArrayList<>();
        for (int i = 0; i < message.attachments().size(); i++) {
            String known = saved.attachments().get(i).sha256();
            digests.add(known != null ? known : digest(message.attachments().get(i), raw));
        }
        return readable(null, message, digests);
    }

    private static List<Map<String, @Nullable Object>> signatures(List<Signature> signatures) {
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        for (Signature signature : signatures) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("addresses", signature.addresses());
            one.put("subject", signature.subject());
            one.put("valid", signature.valid());
            one.put(
                    "reason",
                    signature.reason() == null ? null : signature.reason().word());
            one.put("trusted", signature.trusted());
            list.add(one);
        }
        return list;
    }

    private static Map<String, @Nullable Object> readable(
            @Nullable String file, Message message, List<String> digests) {
        MailSummary summary = message.summary();
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        if (file != null) {
            line.put("file", file);
        }
        line.put("from", addresses(summary.from()));
        line.put("to", addresses(summary.to()));
        line.put("subject", summary.subject());
        line.put("date", summary.date() == null ? null : summary.date().toString());
        line.put("messageId", summary.messageId());
        line.put("text", message.text());
        line.put("attachments", attachments(message, digests));
        line.put("problems", summary.problems());
        if (!message.signatures().isEmpty()) {
            line.put("signatures", signatures(message.signatures()));
        }
        return line;
    }

    /**
     * @param file what the mail is called to the user
     * @param error why it cannot be read: the id of a message, and its words where somebody has them
     * @return the object
     */
    public static Map<String, @Nullable Object> unreadable(String file, String error) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("file", file);
        line.put("error", error);
        return line;
    }

    /**
     * Reads a mail and gives its object, whatever comes of it.
     *
     * @param file what the mail is called to the user
     * @param raw its bytes; not closed
     * @param opening what is opened of it
     * @return the object
     */
    public static Map<String, @Nullable Object> of(String file, RawSource raw, Opening opening) {
        return switch (MessageReader.read(raw, MimeLimits.DEFAULT, opening)) {
            case Reading.Unreadable(Problem problem) -> unreadable(file, problem.id());
            case Reading.Readable(Message message) -> {
                try {
                    yield readable(file, message, raw);
                } catch (IOException failure) {
                    yield unreadable(file, MimeMessage.BYTES_NOT_READABLE.id());
                }
            }
        };
    }

    private static List<Map<String, @Nullable Object>> addresses(List<Address> addresses) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (Address address : addresses) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", address.name());
            one.put("address", address.address());
            all.add(one);
        }
        return all;
    }

    private static List<Map<String, @Nullable Object>> attachments(Message message, List<String> digests) {
        SafeName.Folder folder = new SafeName.Folder();
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (Part part : message.attachments()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", part.summary().name());
            one.put("savedName", folder.name(part.summary().name()));
            one.put("type", part.summary().type());
            one.put("size", part.summary().size());
            one.put("sha256", digests.get(all.size()));
            all.add(one);
        }
        return all;
    }

    private static String digest(Part part, RawSource raw) throws IOException {
        MessageDigest digest = Sha256.begin();
        part.copyTo(raw, digest::update);
        return Sha256.hex(digest);
    }
}
