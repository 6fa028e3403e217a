package ekiden.mail.receive.smtpd;

import ekiden.base.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What makes a submission the same submission: envelope sender, recipient, bytes. */
public final class SmtpdIdentity {
    private SmtpdIdentity() {}

    /**
     * The key of a mail in one mailbox. Each field goes in with its length, so that no two submissions make the same text.
     *
     * @param sender envelope sender as given, empty for the null sender
     * @param recipients those of the mailbox, as given; their order and the case of their domains do not count
     * @param sha256 of the bytes, 64 hexadecimal digits in lower case
     * @return 64 hexadecimal digits in lower case
     */
    public static String key(String sender, List<String> recipients, String sha256) {
        MessageDigest digest = Sha256.begin();
        List<String> fields = new ArrayList<>(List.of(sender));
        recipients.stream().map(SmtpdIdentity::normal).sorted().forEach(fields::add);
        fields.add(sha256);
        for (String field : fields) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return Sha256.hex(digest);
    }

    /** The local part as it is, the domain in lower case: under this two recipients of one mail are the same. */
    static String normal(String address) {
        int at = address.lastIndexOf('@');
        return address.substring(0, at + 1) + address.substring(at + 1).toLowerCase(Locale.ROOT);
    }
}
