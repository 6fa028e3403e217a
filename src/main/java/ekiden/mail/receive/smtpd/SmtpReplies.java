package ekiden.mail.receive.smtpd;

import ekiden.mail.spool.SpoolMessage;
import java.util.ArrayList;
import java.util.List;

/** The words of the replies that hang on more than one thing. Pure. */
final class SmtpReplies {
    private static final int NOTE_LENGTH = 200;

    private final SmtpdSettings settings;

    SmtpReplies(SmtpdSettings settings) {
        this.settings = settings;
    }

    String greeting() {
        return switch (settings.protocol()) {
            case SMTP -> "220 " + settings.name() + " ESMTP Ekiden";
            case LMTP -> "220 " + settings.name() + " LMTP Ekiden";
        };
    }

    /** The reply to EHLO and LHLO, whole lines. */
    String extensions(boolean startTls) {
        List<String> lines = new ArrayList<>(List.of(
                settings.name(),
                "PIPELINING",
                "SIZE " + settings.maxSize(),
                "8BITMIME",
                "SMTPUTF8",
                "ENHANCEDSTATUSCODES",
                "CHUNKING",
                "HELP"));
        if (startTls) {
            lines.add("STARTTLS");
        }
        StringBuilder reply = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            reply.append(i == lines.size() - 1 ? "250 " : "250-")
                    .append(lines.get(i))
                    .append("\r\n");
        }
        return reply.toString();
    }

    String tooLarge() {
        return "552 5.3.4 larger than " + settings.maxSize() + " bytes";
    }

    /** The reply to one recipient's verdict, or to the mail where the verdicts were joined. */
    String verdict(RecipientVerdict verdict) {
        return switch (verdict) {
            case RecipientVerdict.Accepted(String note) -> "250 2.0.0 " + printable(note);
            case RecipientVerdict.Deferred(var problem) ->
                problem.id().equals(SpoolMessage.DISK_FULL.id())
                        ? "452 4.3.1 no room now " + problem.id()
                        : "451 4.3.0 not now, try again " + problem.id();
            case RecipientVerdict.Refused(var problem) ->
                switch (settings.protocol()) {
                    case SMTP -> "554 5.7.1 refused " + problem.id();
                    case LMTP -> "550 5.7.1 refused " + problem.id();
                };
        };
    }

    /** One verdict for all (SMTP): not now beats never beats accepted, so that nobody is told 250 too early. */
    static RecipientVerdict joined(List<RecipientVerdict> verdicts) {
        RecipientVerdict worst = verdicts.getFirst();
        for (RecipientVerdict verdict : verdicts) {
            worst = rank(verdict) > rank(worst) ? verdict : worst;
        }
        return worst;
    }

    private static int rank(RecipientVerdict verdict) {
        return switch (verdict) {
            case RecipientVerdict.Accepted accepted -> 0;
            case RecipientVerdict.Refused refused -> 1;
            case RecipientVerdict.Deferred deferred -> 2;
        };
    }

    private static String printable(String note) {
        StringBuilder text = new StringBuilder();
        note.chars().limit(NOTE_LENGTH).forEach(c -> text.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
        return text.toString();
    }
}
