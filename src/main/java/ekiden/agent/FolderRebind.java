package ekiden.agent;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.ManagerLink.Traced;
import ekiden.link.Report;
import ekiden.mail.receive.Glimpse;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.MailboxSession.Wanted;
import ekiden.mail.receive.OneByOne;
import ekiden.mail.receive.ReaderSettings;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.Trace;
import ekiden.model.mail.UidKey;
import ekiden.model.mail.UidSet;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the mails of a folder again whose UIDs were given anew: by size and header, and where a server has changed these, by a Message-ID that one
 * mail here and one there has. Mails that look exactly the same are told apart by when the server had them; where that does not tell either, as many of
 * them are known as there were before. Belongs to the reader's strand.
 */
final class FolderRebind {
    static final int MOVES_AT_ONCE = 1_000;
    private static final int HEADERS_AT_ONCE = 1_000;

    private final ReaderDesk desk;
    private final WatchedFolder watched;
    private final MailboxSession session;
    private final Cursor before;
    private final Asking.Wanted wanted;
    private final Strand strand;
    private final Consumer<@Nullable Problem> then;
    private final Map<Trace, Deque<Traced>> catalogue = new HashMap<>();
    /**
     * What stands under the new UIDVALIDITY already, by UID: a crash in the middle had told it, or the folder had that UIDVALIDITY before. Only where the mail
     * is still there it is the same.
     */
    private final Map<Long, Traced> standing = new HashMap<>();
    /** In the order of their UIDs, those that came in the second in which no mail of the catalogue with their looks did. */
    private final List<Here> unsure = new ArrayList<>();

    private final List<Stranger> strangers = new ArrayList<>();
    private final List<Report.Move> moves = new ArrayList<>();
    private UidSet settled = UidSet.EMPTY;
    /** When the newest mail of the catalogue came; null where it has none. */
    private @Nullable Instant newest;

    private long known;
    private long added;
    private long unknown;

    private record Here(Trace trace, Stranger stranger) {}

    /** A mail in the folder that looks like none of the catalogue's. */
    private record Stranger(long uid, Instant received, boolean seen, String messageId) {}

    /**
     * What a rebind begins with.
     *
     * @param session whose UIDs are followed
     * @param before how far the folder was settled
     * @param wanted whether the session is still the reader's; where it is not, nothing more is told of it
     */
    record Begin(MailboxSession session, Cursor before, Asking.Wanted wanted) {}

    /** Ends with null, or with why the session is of no more use. */
    FolderRebind(ReaderDesk desk, WatchedFolder watched, Begin begin, Strand strand, Consumer<@Nullable Problem> then) {
        this.desk = desk;
        this.watched = watched;
        this.session = begin.session;
        this.before = begin.before;
        this.wanted = begin.wanted;
        this.strand = strand;
        this.then = then;
    }

    private long to() {
        return session.folder().uidValidity();
    }

    void begin() {
        pages(to(), "", this::stands, () -> noteAll(before.uidValidity(), before.begun()));
    }

    /** What was told of UIDVALIDITYs between the last and this one stands under those. */
    private void noteAll(long uidValidity, List<Long> more) {
        List<Long> others = more.stream().filter(other -> other != to()).toList();
        pages(uidValidity, "", this::note, () -> {
            if (others.isEmpty()) {
                compare();
            } else {
                noteAll(others.getFirst(), others.subList(1, others.size()));
            }
        });
    }

    private void pages(long uidValidity, String after, Consumer<Traced> each, Runnable end) {
        desk.asking()
                .<List<Traced>>ask(
                        "mails of " + watched.label(),
                        wanted,
                        answer -> desk.ports()
                                .manager()
                                .traces(watched.mailbox(), watched.folder(), uidValidity, after, answer),
                        page -> strand.post(() -> {
                            page.forEach(each);
                            if (!wanted.still()) {
                                return;
                            }
                            if (page.isEmpty()) {
                                end.run();
                            } else {
                                pages(uidValidity, page.getLast().key(), each, end);
                            }
                        }));
    }

    private void stands(Traced mail) {
        UidKey.in(watched.folder(), mail.key()).ifPresent(key -> {
            Traced older = standing.put(key.uid(), mail);
            if (older != null) {
                note(older);
            }
        });
    }

    private void note(Traced mail) {
        if (UidKey.in(watched.folder(), mail.key()).isPresent()) {
            newest = newest == null || mail.received().isAfter(newest) ? mail.received() : newest;
            catalogue.computeIfAbsent(mail.trace(), trace -> new ArrayDeque<>()).add(mail);
        }
    }

    private void compare() {
        Result<UidSet> present = session.search(Wanted.ALL, UidSet.between(1, UidSet.MAX));
        if (present instanceof Result.Failed<UidSet>(Problem problem)) {
            then.accept(problem);
            return;
        }
        UidSet here = present instanceof Result.Ok<UidSet>(UidSet there) ? there : UidSet.EMPTY;
        UidSet left = here;
        while (!left.isEmpty()) {
            UidSet some = left.first(HEADERS_AT_ONCE);
            left = left.minus(some);
            List<Long> uids = new ArrayList<>();
            if (OneByOne.look(session, some, glimpse -> sort(glimpse, uids))
                    instanceof Result.Failed<Boolean>(Problem problem)) {
                then.accept(problem);
                return;
            }
            settled = settled.plus(UidSet.of(uids));
        }
        elsewhere();
        byLooks();
        byMessageId();
        givePlace(here);
        settleStrangers();
        Problem changed = numberedAgain();
        if (changed == null) {
            tell(0);
        } else {
            then.accept(changed);
        }
    }

    /**
     * Why what was compared holds no more, or null. A server must not number a folder anew under an open session (RFC 3501 §2.3.1.1); one that does
     * shows a part of the folder or nothing, and all its mails would count as missing here and as new the next time. Only another session tells.
     */
    private @Nullable Problem numberedAgain() {
        return switch (watched.server().open()) {
            case Result.Failed<MailboxSession>(Problem problem) -> problem;
            case Result.Ok<MailboxSession>(MailboxSession again) -> {
                long now = again.folder().uidValidity();
                again.close();
                yield now == to() ? null : new ReaderProblems(watched).renumbered(now);
            }
        };
    }

    private void sort(Glimpse glimpse, List<Long> settledNow) {
        if (stillStands(glimpse)) {
            known++;
            settledNow.add(glimpse.uid());
        } else if (inSecond(glimpse.uid(), glimpse.trace(), glimpse.received())) {
            settledNow.add(glimpse.uid());
        } else {
            Stranger stranger = new Stranger(glimpse.uid(), glimpse.received(), glimpse.seen(), messageId(glimpse));
            unsure.add(new Here(glimpse.trace(), stranger));
        }
    }

    private boolean stillStands(Glimpse glimpse) {
        Traced mail = standing.get(glimpse.uid());
        boolean same = mail != null
                && (mail.trace().equals(glimpse.trace())
                        || (mail.messageId() != null && mail.messageId().equals(messageId(glimpse))));
        if (same) {
            standing.remove(glimpse.uid());
        }
        return same;
    }

    /** What does not stand where it stood is looked for like all others. */
    private void elsewhere() {
        if (standing.isEmpty()) {
            return;
        }
        standing.values().forEach(this::note);
        List<Long> uids = new ArrayList<>();
        for (Here here : List.copyOf(unsure)) {
            if (inSecond(here.stranger.uid, here.trace, here.stranger.received)) {
                uids.add(here.stranger.uid);
            }
        }
        UidSet found = UidSet.of(uids);
        unsure.removeIf(here -> found.contains(here.stranger.uid));
        settled = settled.plus(found);
    }

    /** IMAP tells the time in seconds. */
    private boolean inSecond(long uid, Trace trace, Instant received) {
        Deque<Traced> same = catalogue.getOrDefault(trace, new ArrayDeque<>());
        Traced mail = same.stream()
                .filter(one -> one.received().getEpochSecond() == received.getEpochSecond())
                .findFirst()
                .orElse(null);
        if (mail == null) {
            return false;
        }
        same.remove(mail);
        found(mail, uid);
        return true;
    }

    private void byLooks() {
        List<Long> uids = new ArrayList<>();
        for (Here here : unsure) {
            Deque<Traced> same = catalogue.get(here.trace);
            Traced mail = same == null ? null : same.poll();
            if (mail == null) {
                strangers.add(here.stranger);
            } else {
                found(mail, here.stranger.uid);
                uids.add(here.stranger.uid);
            }
        }
        settled = settled.plus(UidSet.of(uids));
    }

    private void found(Traced mail, long uid) {
        known++;
        moves.add(new Report.Move(mail.mail(), uid));
    }

    /** What is not in the folder any more, and whose UID another mail has by now. Last: what is told before the cursor is must be true again. */
    private void givePlace(UidSet present) {
        Set<Long> lost = new HashSet<>();
        catalogue.values().forEach(mails -> mails.forEach(mail -> lost.add(mail.mail())));
        standing.forEach((uid, mail) -> {
            if (present.contains(uid) && lost.contains(mail.mail())) {
                moves.add(new Report.Move(mail.mail(), Report.Move.NOWHERE));
            }
        });
    }

    private static String messageId(Glimpse glimpse) {
        return MessageIds.of(glimpse).orElse("");
    }

    /** What the header or size of was changed on the way. Only where nothing else can be meant: copies have the same Message-ID. */
    private void byMessageId() {
        Map<String, List<Traced>> left = new HashMap<>();
        for (Deque<Traced> mails : catalogue.values()) {
            for (Traced mail : mails) {
                if (mail.messageId() != null) {
                    left.computeIfAbsent(mail.messageId(), id -> new ArrayList<>())
                            .add(mail);
                }
            }
        }
        Map<String, Integer> here = new HashMap<>();
        strangers.forEach(stranger -> here.merge(stranger.messageId, 1, Integer::sum));
        List<Long> uids = new ArrayList<>();
        for (Stranger stranger : List.copyOf(strangers)) {
            List<Traced> there = left.getOrDefault(stranger.messageId, List.of());
            if (there.size() == 1 && Integer.valueOf(1).equals(here.get(stranger.messageId))) {
                Traced mail = there.getFirst();
                Objects.requireNonNull(catalogue.get(mail.trace())).remove(mail);
                strangers.remove(stranger);
                found(mail, stranger.uid);
                uids.add(stranger.uid);
            }
        }
        settled = settled.plus(UidSet.of(uids));
    }

    /**
     * What the catalogue does not have is new, unless somebody has read it. Where only what comes from now on counts, every mail that came since then is
     * in the catalogue: so what lies before one of these was there already, or where none of these is here any more, what came before the newest.
     */
    private void settleStrangers() {
        boolean now = watched.settings().firstLook() == ReaderSettings.FirstLook.NOW;
        long last = settled.max();
        boolean anyKnown = known > 0;
        List<Long> uids = new ArrayList<>();
        for (Stranger stranger : strangers) {
            boolean before = anyKnown ? stranger.uid < last : newest == null || stranger.received.isBefore(newest);
            boolean old = now && before;
            if (old || (watched.settings().unreadOnly() && stranger.seen)) {
                unknown++;
                uids.add(stranger.uid);
            } else {
                added++;
            }
        }
        settled = settled.plus(UidSet.of(uids));
    }

    /** In pieces, the last of which brings the cursor: until then the folder counts as not compared. */
    private void tell(int done) {
        int end = Math.min(moves.size(), done + MOVES_AT_ONCE);
        boolean last = end == moves.size();
        Report.Rebound report = new Report.Rebound(
                desk.ports().ids().next(),
                watched.mailbox(),
                watched.folder(),
                before.uidValidity(),
                to(),
                moves.subList(done, end),
                last ? new Report.Plan(known, added, unknown, settled) : null);
        desk.asking()
                .<Boolean>ask(
                        "report of new UIDs",
                        wanted,
                        answer -> desk.ports().manager().report(report, () -> answer.accept(true)),
                        taken -> strand.post(() -> {
                            if (last) {
                                then.accept(null);
                            } else {
                                tell(end);
                            }
                        }));
    }
}
