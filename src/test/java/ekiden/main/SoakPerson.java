package ekiden.main;

import ekiden.testing.DovecotServer;
import ekiden.testing.WireClient;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Another client of the mailbox, who does this and that with the mails: marks them read and unread, flags them, and removes or moves away some that
 * bear the keyword of those that were taken. Whatever happens to its connection it comes again.
 */
final class SoakPerson {
    private static final Logger LOG = System.getLogger(SoakPerson.class.getName());
    static final String TAKEN = "taken";

    private final DovecotServer dovecot;
    private final Random random;
    private int removed;

    SoakPerson(DovecotServer dovecot, long seed) {
        this.dovecot = dovecot;
        this.random = new Random(seed);
    }

    int removed() {
        return removed;
    }

    /** Logs in, does a few things, goes with or without a word. */
    void visit() {
        try (WireClient imap = WireClient.connect(dovecot.imapPort())) {
            imap.line();
            imap.imap("a", "LOGIN " + ImapGround.USER + " secret");
            imap.imap("c", "CREATE Archive");
            imap.imap("d", "SELECT INBOX");
            for (int i = random.nextInt(4); i >= 0; i--) {
                something(imap);
            }
            if (random.nextBoolean()) {
                imap.imap("z", "LOGOUT");
            }
        } catch (UncheckedIOException | AssertionError gone) {
            LOG.log(Level.TRACE, "the server went", gone);
        }
    }

    private void something(WireClient imap) {
        switch (random.nextInt(8)) {
            case 0 -> store(imap, "ALL", "+FLAGS (\\Seen)");
            case 1 -> store(imap, "SEEN", "-FLAGS (\\Seen)");
            case 2 -> store(imap, "ALL", "+FLAGS (\\Flagged)");
            case 3 -> store(imap, "FLAGGED", "-FLAGS (\\Flagged)");
            case 4 -> imap.imap("n", "NOOP");
            case 5 -> imap.imap("c", "CHECK");
            case 6 -> remove(imap, "UID MOVE %s Archive");
            default -> remove(imap, "UID STORE %s +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE %s");
        }
    }

    private void store(WireClient imap, String which, String flags) {
        List<String> some = some(imap, which);
        if (!some.isEmpty()) {
            imap.imap("s", "UID STORE " + String.join(",", some) + " " + flags);
        }
    }

    private void remove(WireClient imap, String... commands) {
        List<String> some = some(imap, "KEYWORD " + TAKEN);
        if (!some.isEmpty()) {
            for (String command : commands) {
                imap.imap("r", command.formatted(String.join(",", some)));
            }
            removed += some.size();
        }
    }

    /** {@return about half of the mails that are so, at most a hundred} */
    private List<String> some(WireClient imap, String which) {
        List<String> found = new ArrayList<>();
        imap.say("f UID SEARCH " + which);
        for (String line = imap.line(); !line.startsWith("f "); line = imap.line()) {
            if (line.startsWith("* SEARCH ")) {
                found.addAll(List.of(line.substring("* SEARCH ".length()).split(" ")));
            }
        }
        found.removeIf(uid -> random.nextBoolean());
        return found.subList(0, Math.min(100, found.size()));
    }
}
