package ekiden.testing.sim;

import ekiden.agent.WatchedFolder;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.receive.ByteBudget;
import ekiden.mail.receive.Mailbox;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.ReaderLimits;
import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.UidKey;
import ekiden.testing.MemoryFolder;
import ekiden.testing.MemoryMailbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The mail servers of a world: mailboxes with folders, what lies in them, and who is connected. It knows every mail under every name. */
final class SimServer {
    /** Watched by nobody: mails are moved there. */
    static final String DONE = "Done";

    static final List<String> PROFILES = List.of("desk", "edi");
    private static final String INBOX = "INBOX";
    private static final String BILLS = "Bills/2026";

    final List<Letter> letters = new ArrayList<>();
    final List<SimSession> sessions = new ArrayList<>();
    final Map<String, Box> boxes = new LinkedHashMap<>();

    private final SimWorld world;
    private final Map<MailIdentity, Letter> byName = new HashMap<>();
    private final Map<String, Long> answered = new HashMap<>();
    private long validity = 100;
    ServerFaults faults;

    /** One mailbox: how it is read, and what the server offers. */
    static final class Box {
        final String name;
        final List<String> watched;
        final ReaderSettings settings;
        final @Nullable AfterReceive after;
        final Map<String, MemoryFolder> folders = new LinkedHashMap<>();
        final MemoryMailbox.Faults faults = new MemoryMailbox.Faults();
        /** Whether mails can be removed at all. */
        boolean removes = true;
        /** Whether log-ins are refused now. */
        boolean refuses;

        Box(String name, List<String> watched, ReaderSettings settings, @Nullable AfterReceive after) {
            this.name = name;
            this.watched = watched;
            this.settings = settings;
            this.after = after;
        }
    }

    SimServer(SimWorld world) {
        this.world = world;
        this.faults = ServerFaults.drawn(world.chance);
        for (String name : PROFILES) {
            List<String> watched = name.equals("desk") ? List.of(INBOX, BILLS) : List.of(INBOX);
            Box box = new Box(name, watched, settings(world.chance), profileSays(world.chance));
            boxes.put(name, box);
            watched.forEach(folder -> make(box, folder));
            make(box, DONE);
            boolean move = !world.chance.one(3);
            boolean uidPlus = move ? !world.chance.one(3) : !world.chance.one(4);
            box.removes = uidPlus;
            box.faults.offer(move, uidPlus);
        }
    }

    private static @Nullable AfterReceive profileSays(Chance chance) {
        return chance.one(4) ? new AfterReceive(false, "ekiden", null, false) : null;
    }

    private static ReaderSettings settings(Chance chance) {
        ReaderLimits usual = ReaderLimits.DEFAULT;
        ReaderLimits limits = new ReaderLimits(
                chance.one(2) ? chance.between(1, 5) : usual.chunk(),
                chance.one(3) ? chance.between(1, 3_000) : usual.chunkBytes(),
                chance.one(2) ? chance.between(1, 4) : usual.fetchMails(),
                chance.one(3) ? chance.between(1, 3_000) : usual.fetchBytes(),
                usual.pause(),
                usual.closePause(),
                usual.backOff(),
                chance.one(2) ? Duration.ofSeconds(20) : usual.longestBackOff(),
                chance.between(0, 3),
                chance.between(1, 10),
                usual.announcedPause(),
                chance.one(2) ? Duration.ofSeconds(chance.between(1, 60)) : usual.gap(),
                chance.one(2) ? chance.between(1, 3_000) : usual.large(),
                chance.one(4)
                        ? new ByteBudget(
                                "sim", chance.between(3_000, 50_000), Duration.ofSeconds(chance.between(5, 30)))
                        : null);
        return new ReaderSettings(
                chance.of(List.of(ReaderSettings.FirstLook.values())),
                ReaderSettings.Attention.NORMAL,
                chance.one(2) ? Duration.ofSeconds(30) : Duration.ofMinutes(2),
                chance.one(2) ? Duration.ofSeconds(chance.between(0, 60)) : Duration.ofMinutes(10),
                chance.one(4) ? 1_500 : 2L << 30,
                chance.one(4) ? ReaderSettings.SameContent.JOIN : ReaderSettings.SameContent.NOTE,
                chance.one(4) ? ReaderSettings.Renumbered.ASK : ReaderSettings.Renumbered.REBIND,
                limits);
    }

    Box box(String profile) {
        Box box = boxes.get(profile);
        if (box == null) {
            throw new IllegalStateException("no mailbox " + profile);
        }
        return box;
    }

    /** What an agent is to watch in one of its lives. */
    List<WatchedFolder> watched(int life) {
        List<WatchedFolder> all = new ArrayList<>();
        for (Box box : boxes.values()) {
            for (String folder : box.watched) {
                all.add(new WatchedFolder(box.name, folder, box.settings, 0, mailbox(box, folder, life)));
            }
        }
        return all;
    }

    private Mailbox mailbox(Box box, String folder, int life) {
        Mailbox server = new MemoryMailbox(box.folders, folder, false, (atMost, news) -> {}, box.faults);
        return () -> open(box, folder, server, life);
    }

    private Result<MailboxSession> open(Box box, String folder, Mailbox server, int life) {
        world.agentHost.mustLive(life);
        Calls calls = new Calls(world, life);
        Problem trouble = calls.before(Calls.LOG_IN, () -> false);
        if (trouble == null && box.refuses) {
            world.census.count("log-in refused");
            trouble = Calls.problem(ReceiveMessage.LOGIN_REFUSED);
        }
        if (trouble != null) {
            return Result.failed(trouble);
        }
        return server.open().then(inner -> {
            MemoryFolder at = Objects.requireNonNull(box.folders.get(folder));
            SimSession session = new SimSession(world, box, folder, at, inner, calls);
            sessions.add(session);
            return Result.ok(session);
        });
    }

    private MemoryFolder make(Box box, String name) {
        MemoryFolder folder = new MemoryFolder(++validity);
        box.folders.put(name, folder);
        folder.onChange(() -> List.copyOf(sessions).forEach(session -> session.hint(folder)));
        return folder;
    }

    /** A mail arrives; nothing where the folder is not there. */
    Optional<Letter> deliver(Box box, String folder, SimMail mail, boolean announcedOnly) {
        MemoryFolder at = box.folders.get(folder);
        if (at == null) {
            return Optional.empty();
        }
        byte[] bytes = mail.bytes().getBytes(StandardCharsets.US_ASCII);
        UidKey key = new UidKey(folder, at.uidValidity(), at.uidNext());
        Letter letter = new Letter(mail, box.name, key, world.clock);
        letters.add(letter);
        byName.put(letter.identity(), letter);
        world.trace.say(() -> "at the server: " + letter + (announcedOnly ? ", announced only" : ""));
        if (announcedOnly) {
            at.announce(bytes, world.clock.now());
        } else {
            at.deliver(bytes, world.clock.now());
        }
        return Optional.of(letter);
    }

    Optional<Letter> letter(MailIdentity name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<MemoryFolder> folder(Letter letter) {
        return Optional.ofNullable(box(letter.profile).folders.get(letter.key.folder()));
    }

    /** {@return the same mail wherever it lies or lay in the profile, this one too} */
    List<Letter> copies(Letter letter) {
        return letters.stream()
                .filter(one -> one.profile.equals(letter.profile) && one.mail.number() == letter.mail.number())
                .toList();
    }

    /** The same mails under other UIDs and another UIDVALIDITY. */
    void renumber(Box box, String name, long firstUid) {
        MemoryFolder folder = box.folders.get(name);
        if (folder == null) {
            return;
        }
        List<Letter> there = inOrder(box, name, folder);
        validity++;
        long uid = firstUid;
        for (Letter letter : there) {
            letter.key = new UidKey(name, validity, uid++);
            letter.renamed = true;
            byName.put(letter.identity(), letter);
        }
        world.trace.say(() -> box.name + "/" + name + " is renumbered: " + validity + ", " + there.size() + " mails");
        folder.renumber(validity, firstUid);
    }

    private List<Letter> inOrder(Box box, String name, MemoryFolder folder) {
        return folder.uids().stream()
                .map(uid -> new UidKey(name, folder.uidValidity(), uid).identity(box.name))
                .map(identity -> letter(identity).orElseThrow())
                .toList();
    }

    /** The folder goes, with what is in it; connections to it end. */
    void remove(Box box, String name) {
        MemoryFolder folder = box.folders.get(name);
        if (folder != null) {
            world.trace.say(() -> box.name + "/" + name + " is deleted");
            inOrder(box, name, folder).forEach(letter -> letter.lost = world.clock.nanos());
            box.folders.remove(name);
            List.copyOf(sessions).stream()
                    .filter(session -> session.isAt(folder))
                    .forEach(SimSession::drop);
        }
    }

    void makeAgain(Box box, String name) {
        if (!box.folders.containsKey(name)) {
            world.trace.say(() -> box.name + "/" + name + " is there again");
            make(box, name);
        }
    }

    void dropAll() {
        List.copyOf(sessions).forEach(SimSession::drop);
    }

    /** A search of all was answered: the only proof of life. */
    void answered(Box box, String folder) {
        answered.put(box.name + "/" + folder, world.clock.nanos());
    }

    /** When a search in a folder was last answered; below 0 for never. */
    long lastAnswer(String label) {
        return answered.getOrDefault(label, -1L);
    }

    /** From now on nothing goes wrong any more. */
    void calmDown() {
        faults = ServerFaults.NONE;
        for (Box box : boxes.values()) {
            box.refuses = false;
            box.faults.cutAfter(Long.MAX_VALUE);
            box.watched.forEach(folder -> makeAgain(box, folder));
            box.folders.values().forEach(folder -> folder.uids().forEach(folder::readable));
        }
    }
}
