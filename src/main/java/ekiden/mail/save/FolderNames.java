package ekiden.mail.save;

import ekiden.mail.mime.Message;
import ekiden.mail.mime.MimeMessage;
import ekiden.mail.mime.Part;
import ekiden.mail.mime.SafeName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of the files of one mail in its own folder: each has one of its own, whatever the mail and the definition call them. The manifest's comes first, then those that
 * the definition gives, then the attachments in their order. Of one mail; one thread.
 */
public final class FolderNames {
    /** What the mail is called where nobody asked for it and its text could not be decoded without loss. */
    static final String ORIGINAL = "original.eml";

    private static final String BY_REFERENCE = "message/external-body";

    private final SaveOrder order;
    private final SafeName.Folder names = new SafeName.Folder();
    private final @Nullable String body;
    private final @Nullable String list;
    private final @Nullable String mail;

    FolderNames(Message message, SaveOrder order) {
        this.order = order;
        names.reserve(Manifest.NAME);
        this.body = order.bodyName() == null ? null : names.name(order.bodyName());
        this.list = order.listName() == null ? null : names.name(order.listName());
        String wished = order.mailName() == null && undecodable(message) ? ORIGINAL : order.mailName();
        this.mail = wished == null ? null : names.name(wished);
    }

    /**
     * Where the files would go if nothing stood there yet.
     *
     * @param message the mail
     * @param order how it is saved
     * @return body, list, the whole mail, attachments; without the manifest
     */
    public static List<Path> paths(Message message, SaveOrder order) {
        FolderNames names = new FolderNames(message, order);
        List<@Nullable String> all = new ArrayList<>();
        all.add(names.body);
        all.add(names.list);
        all.add(names.mail);
        int index = 0;
        for (Part part : order.attachments() ? message.attachments() : List.<Part>of()) {
            index++;
            all.add(byReference(part) ? null : names.attachment(part, index));
        }
        Path folder = MailSaver.target(order, 1);
        List<Path> paths = new ArrayList<>();
        for (String name : all) {
            if (name != null) {
                paths.add(folder.resolve(name));
            }
        }
        return paths;
    }

    /** Whether some of the text is lost in what was decoded: then the bytes must be there too. */
    private static boolean undecodable(Message message) {
        return message.summary().problems().contains(MimeMessage.NOT_DECODABLE.id());
    }

    /** Whether the mail only says where it is. */
    static boolean byReference(Part part) {
        return part.summary().type().equals(BY_REFERENCE);
    }

    /** That of the body text; null where there is no such file, as for the others. */
    @Nullable
    String body() {
        return body;
    }

    @Nullable
    String list() {
        return list;
    }

    @Nullable
    String mail() {
        return mail;
    }

    /** A name for an attachment, the index-th from 1. */
    String attachment(Part part, int index) {
        String declared = part.summary().name();
        NameTemplate template = order.extras().attachmentName();
        return names.name(
                template == null
                        ? declared
                        : template.name(order.extras().names().ofAttachment(index, declared)));
    }

    /** A name for an attachment whose own the file system does not take. */
    String instead(int index) {
        return names.name(SafeName.NAMELESS + "-" + index);
    }

    /** For the names of further files. */
    SafeName.Folder others() {
        return names;
    }
}
