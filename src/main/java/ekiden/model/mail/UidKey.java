package ekiden.model.mail;

import java.util.Optional;

/**
 * Which mail of a server (RFC 3501 §2.3.1.1). Under one UIDVALIDITY a UID means the same mail for ever.
 *
 * @param folder the folder's name as a person writes it; may hold slashes
 * @param uidValidity under which the UID holds
 * @param uid the mail
 */
public record UidKey(String folder, long uidValidity, long uid) {
    /**
     * @param folder a folder
     * @param uidValidity its UIDVALIDITY
     * @return what the keys of all its mails begin with
     */
    public static String prefix(String folder, long uidValidity) {
        return folder + "/" + uidValidity + "/";
    }

    /**
     * @param mailbox the mail profile's name
     * @return the mail's identity
     */
    public MailIdentity identity(String mailbox) {
        return new MailIdentity(mailbox, toString());
    }

    /**
     * Reads {@link #toString}'s form.
     *
     * @param key the key of an identity
     * @return the mail, or empty where the key is of another kind of mailbox
     */
    public static Optional<UidKey> of(String key) {
        int last = key.lastIndexOf('/');
        int middle = last < 1 ? -1 : key.lastIndexOf('/', last - 1);
        if (middle < 1) {
            return Optional.empty();
        }
        String validity = key.substring(middle + 1, last);
        String uid = key.substring(last + 1);
        boolean numbers = number(validity) && number(uid);
        return numbers
                ? Optional.of(new UidKey(key.substring(0, middle), Long.parseLong(validity), Long.parseLong(uid)))
                : Optional.empty();
    }

    /**
     * As {@link #of}, of one folder. A folder below it may have a number for its name, and then the keys of its mails have the same {@link #prefix}.
     *
     * @param folder the folder
     * @param key the key of an identity
     * @return the mail, or empty where it is not in that folder itself
     */
    public static Optional<UidKey> in(String folder, String key) {
        return of(key).filter(one -> one.folder.equals(folder));
    }

    private static boolean number(String text) {
        return !text.isEmpty() && text.length() <= 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return prefix(folder, uidValidity) + uid;
    }
}
