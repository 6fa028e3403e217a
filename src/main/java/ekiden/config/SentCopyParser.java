package ekiden.config;

import ekiden.mail.profile.Receive;
import ekiden.mail.profile.SentCopy;
import ekiden.model.definition.Retention;
import ekiden.yaml.Fields;
import ekiden.yaml.YamlFault;
import ekiden.yaml.YamlNode;
import ekiden.yaml.YamlProblems;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a profile keeps copies of what it sends. */
final class SentCopyParser {
    private static final Duration LONGEST_WITHIN = Duration.ofMinutes(10);

    private final YamlProblems problems;

    SentCopyParser(YamlProblems problems) {
        this.problems = problems;
    }

    /** {@return null where nothing is said, or something is wrong, after noting it} */
    @Nullable
    SentCopy parse(Fields send, @Nullable Receive receive) {
        YamlNode node = send.node("sent-copy");
        Fields copy = node == null ? null : Fields.of(node, send.where("sent-copy"), SettingsKeys.SENT_COPY, problems);
        if (copy == null) {
            return null;
        }
        long kinds = Stream.of("maildir", "mbox", "imap")
                .filter(key -> copy.node(key) != null)
                .count();
        if (kinds != 1) {
            problems.fault(
                    YamlFault.BAD_VALUE,
                    copy.at(),
                    "where",
                    send.where("sent-copy"),
                    "found",
                    "{…}",
                    "expected",
                    "{maildir: FOLDER} | {mbox: FILE} | {imap: FOLDER}");
            return null;
        }
        if (copy.node("imap") != null) {
            return imap(copy, receive);
        }
        if (copy.node("within") != null) {
            copy.badValue("within", "imap: FOLDER");
        }
        Duration age = ImapParser.span(copy, "age", Retention.LONGEST_AGE, SentCopy.USUAL_AGE);
        String maildir = copy.text("maildir");
        String mbox = copy.text("mbox");
        if (maildir != null) {
            return new SentCopy.Maildir(maildir, age);
        }
        return mbox == null ? null : new SentCopy.Mbox(mbox, age);
    }

    /** In a watched folder each copy would count as a mail that came. */
    private static @Nullable SentCopy imap(Fields copy, @Nullable Receive receive) {
        String folder = copy.text("imap");
        Duration within = ImapParser.span(copy, "within", LONGEST_WITHIN, SentCopy.Imap.USUAL_WITHIN);
        Duration age = copy.node("age") == null
                ? null
                : ImapParser.span(copy, "age", Retention.LONGEST_AGE, SentCopy.USUAL_AGE);
        if (folder == null) {
            return null;
        }
        if (!(receive instanceof Receive.Imap server)) {
            copy.badValue("imap", "receive: {imap: {…}}");
            return null;
        }
        boolean watched = server.folders().stream().anyMatch(one -> same(one, folder));
        if (watched || folder.isBlank() || folder.chars().anyMatch(Character::isISOControl)) {
            copy.badValue("imap", "FOLDER ∉ receive.imap.folders");
            return null;
        }
        return new SentCopy.Imap(server, folder, within, age);
    }

    /** INBOX has no case (RFC 3501 §5.1). */
    private static boolean same(String one, String other) {
        return one.equals(other)
                || (one.toUpperCase(Locale.ROOT).equals("INBOX")
                        && other.toUpperCase(Locale.ROOT).equals("INBOX"));
    }
}
