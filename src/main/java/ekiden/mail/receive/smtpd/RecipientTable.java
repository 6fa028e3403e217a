package ekiden.mail.receive.smtpd;

import ekiden.base.Result;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which addresses are ours. Case is ignored in both halves; an exact line beats {@code *@domain}. Immutable. */
final class RecipientTable {
    private final Map<String, String> mailboxes;

    private RecipientTable(Map<String, String> mailboxes) {
        this.mailboxes = mailboxes;
    }

    static Result<RecipientTable> of(Map<String, String> recipients) {
        Map<String, String> mailboxes = new HashMap<>();
        for (Map.Entry<String, String> line : recipients.entrySet()) {
            String address = line.getKey();
            int at = address.lastIndexOf('@');
            boolean postmaster = address.equalsIgnoreCase("postmaster");
            if (!postmaster && (at < 1 || at == address.length() - 1)) {
                return Result.failed(SmtpdMessage.BAD_RECIPIENT, "recipient", address);
            }
            String twin = mailboxes.put(address.toLowerCase(Locale.ROOT), line.getValue());
            if (twin != null && !twin.equals(line.getValue())) {
                return Result.failed(SmtpdMessage.BAD_RECIPIENT, "recipient", address);
            }
        }
        return Result.ok(new RecipientTable(Map.copyOf(mailboxes)));
    }

    Optional<String> mailbox(String address) {
        String wanted = address.toLowerCase(Locale.ROOT);
        String exact = mailboxes.get(wanted);
        if (exact != null) {
            return Optional.of(exact);
        }
        return Optional.ofNullable(mailboxes.get("*" + wanted.substring(Math.max(0, wanted.lastIndexOf('@')))));
    }
}
