package ekiden.agent;

import ekiden.base.Result;
import ekiden.link.ManagerLink.Traced;
import ekiden.mail.receive.Glimpse;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.OneByOne;
import ekiden.mail.receive.PoisonMails;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.UidKey;
import ekiden.model.mail.UidSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds mails that came under UIDs which a server gave a second time while nobody was connected: when a folder is opened, the last mails that the catalogue
 * has of it are compared with what is there. Where another one is, and where the server says that it gives settled UIDs again, those below are compared too, until
 * some are what they were. Belongs to the reader's strand.
 */
final class PutBack {
    /** So many of the last mails are compared each time. */
    static final int LAST = 8;

    static final int AT_ONCE = 200;
    /** Beyond these the folder is of no use without a new UIDVALIDITY, which compares all. */
    private static final int MOST = 50 * AT_ONCE;

    private final ReaderDesk desk;
    private final WatchedFolder watched;
    private final Strand strand;
    /** So many sessions in a row ended at it; where they do again and again, mails must not wait for it. */
    private int losses;

    private boolean done;

    PutBack(ReaderDesk desk, WatchedFolder watched, Strand strand) {
        this.desk = desk;
        this.watched = watched;
        this.strand = strand;
    }

    /** Looks at a folder that was opened; {@code then} gets the settled UIDs under which other mails are now. */
    void look(MailboxSession session, @Nullable Cursor cursor, Consumer<UidSet> then) {
        boolean same = cursor != null
                && cursor.uidValidity() == session.folder().uidValidity()
                && session.folder().exists() > 0;
        if (done || losses >= PoisonMails.LOSSES || cursor == null || !same) {
            then.accept(UidSet.EMPTY);
            return;
        }
        // where each look opens the folder, the first one compares
        done = watched.settings().close();
        long next = session.folder().uidNext();
        boolean given = next > 0 && cursor.settled().max() >= next;
        UidSet below = given ? cursor.settled().and(UidSet.between(1, next)) : cursor.settled();
        new Comparison(session, then).go(below, given ? AT_ONCE : LAST, UidSet.EMPTY);
    }

    private final class Comparison {
        private final MailboxSession session;
        private final Consumer<UidSet> then;
        private int compared;

        Comparison(MailboxSession session, Consumer<UidSet> then) {
            this.session = session;
            this.then = then;
        }

        /** Compares the last of some UIDs, and goes on below them where another mail is under one. */
        void go(UidSet uids, int most, UidSet found) {
            UidSet last = last(uids, most);
            if (last.isEmpty() || compared >= MOST) {
                then.accept(found);
                return;
            }
            compared += most;
            List<String> keys = new ArrayList<>();
            last.forEach(uid ->
                    keys.add(new UidKey(watched.folder(), session.folder().uidValidity(), uid).toString()));
            desk.asking()
                    .<List<Traced>>ask(
                            "last mails of " + watched.label(),
                            () -> true,
                            answer -> desk.ports().manager().known(watched.mailbox(), keys, answer),
                            known -> strand.post(() -> compare(uids.minus(last), found, known, most == AT_ONCE)));
        }

        private void compare(UidSet below, UidSet found, List<Traced> known, boolean goesOn) {
            Map<Long, Traced> read = new HashMap<>();
            known.forEach(mail -> UidKey.of(mail.key()).ifPresent(key -> read.put(key.uid(), mail)));
            List<Long> others = new ArrayList<>();
            int[] same = new int[1];
            Result<Boolean> looked = read.isEmpty()
                    ? Result.ok(true)
                    : OneByOne.look(session, UidSet.of(read.keySet()), glimpse -> {
                        Traced mail = read.get(glimpse.uid());
                        if (mail != null && isAnother(mail, glimpse)) {
                            others.add(glimpse.uid());
                        } else {
                            same[0]++;
                        }
                    });
            if (looked instanceof Result.Failed<Boolean>) {
                losses++;
                then.accept(found);
                return;
            }
            losses = 0;
            UidSet all = found.plus(UidSet.of(others));
            if (!others.isEmpty() || (goesOn && same[0] == 0)) {
                go(below, AT_ONCE, all);
            } else {
                then.accept(all);
            }
        }
    }

    private static UidSet last(UidSet uids, int most) {
        return uids.minus(uids.first(Math.max(0, uids.size() - most)));
    }

    /** As the manager tells a mail that came later from one that was changed on the way. */
    private static boolean isAnother(Traced mail, Glimpse glimpse) {
        return !mail.trace().equals(glimpse.trace())
                && glimpse.received().isAfter(mail.received())
                && MessageIds.of(glimpse)
                        .filter(id -> !id.equals(mail.messageId()))
                        .isPresent();
    }
}
