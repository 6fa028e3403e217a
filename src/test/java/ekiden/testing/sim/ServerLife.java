package ekiden.testing.sim;

import ekiden.model.mail.UidSet;
import ekiden.testing.MemoryFolder;
import ekiden.testing.sim.SimServer.Box;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What happens at mail servers: mails arrive, other clients read, copy and remove them, folders are renumbered or go, log-ins fail. */
final class ServerLife {
    private static final String SEEN = "\\Seen";

    private final SimWorld world;
    private final SimServer server;
    private int numbers = 1_000;
    private int toCome;

    ServerLife(SimWorld world, SimServer server) {
        this.world = world;
        this.server = server;
    }

    private Chance chance() {
        return world.chance;
    }

    /** Whether all mails of this world have arrived. */
    boolean done() {
        return toCome == 0;
    }

    /** Everything that is to happen in this world. */
    void plan(Duration chaos) {
        for (int before = chance().below(6); before > 0; before--) {
            Letter letter = arrive(drawn());
            if (letter != null && chance().one(3)) {
                markRead(letter);
            }
        }
        for (int mails = chance().between(3, 20); mails > 0; mails--) {
            SimMail mail = drawn();
            arriveAfter(chance().upTo(chaos), mail);
            if (chance().one(8)) {
                arriveAfter(chance().upTo(chaos), mail);
            }
        }
        times(chance().below(10), chaos, "another client", this::person);
        times(chance().one(2) ? 0 : chance().between(1, 3), chaos, "a folder is renumbered", this::renumber);
        times(chance().one(3) ? chance().between(1, 2) : 0, chaos, "a folder goes", this::loseFolder);
        times(chance().below(3), chaos, "connections are dropped", server::dropAll);
        times(chance().one(3) ? 1 : 0, chaos, "log-ins are refused", this::refuse);
        times(chance().below(4), chaos, "a person lets readers go on", this::resume);
    }

    /** When all is calm: mails that every reader must still find, and a person who answers its questions. */
    void lastMails() {
        for (Box box : server.boxes.values()) {
            for (String folder : box.watched) {
                toCome++;
                world.schedule.outside(chance().upTo(Duration.ofSeconds(60)), "a last mail", () -> {
                    toCome--;
                    server.deliver(box, folder, drawn(), false);
                });
            }
        }
        resumeAgain();
    }

    private void resumeAgain() {
        resume();
        world.schedule.outside(Duration.ofSeconds(30), "a person lets readers go on", this::resumeAgain);
    }

    private void times(int count, Duration chaos, String what, Runnable action) {
        for (int i = 0; i < count; i++) {
            world.schedule.outside(chance().upTo(chaos), what, action);
        }
    }

    private SimMail drawn() {
        return SimMail.drawn(numbers++, chance());
    }

    private Box anyBox() {
        return chance().of(List.copyOf(server.boxes.values()));
    }

    private void arriveAfter(Duration delay, SimMail mail) {
        toCome++;
        world.schedule.outside(delay, "a mail arrives at a server", () -> {
            toCome--;
            arrive(mail);
        });
    }

    private @Nullable Letter arrive(SimMail mail) {
        Box box = anyBox();
        String folder = chance().of(box.watched);
        boolean announced = chance().one(6);
        Letter letter = server.deliver(box, folder, mail, announced).orElse(null);
        if (letter != null && announced) {
            world.schedule.outside(chance().upTo(Duration.ofSeconds(60)), "a mail can be read", () -> {
                server.folder(letter).ifPresent(at -> at.readable(letter.key.uid()));
            });
        }
        return letter;
    }

    private void there(Letter letter, Consumer<MemoryFolder> deed) {
        if (letter.there()) {
            server.folder(letter).ifPresent(deed);
        }
    }

    private void markRead(Letter letter) {
        there(letter, at -> {
            at.addFlags(UidSet.of(letter.key.uid()), Set.of(SEEN));
            letter.others.add(SEEN);
            letter.seen = Math.min(letter.seen, world.clock.nanos());
        });
    }

    private void person() {
        List<Letter> there = server.letters.stream().filter(Letter::there).toList();
        if (there.isEmpty()) {
            return;
        }
        Letter letter = chance().of(there);
        UidSet uid = UidSet.of(letter.key.uid());
        int what = chance().below(8);
        world.trace.say(() -> "another client does " + what + " to " + letter);
        switch (what) {
            case 0, 1, 2 -> markRead(letter);
            case 3 ->
                there(letter, at -> {
                    at.removeFlags(uid, Set.of(SEEN));
                    letter.others.remove(SEEN);
                    letter.unseen = true;
                });
            case 4 ->
                there(letter, at -> {
                    at.addFlags(uid, Set.of("\\Flagged"));
                    letter.others.add("\\Flagged");
                });
            case 5 -> there(letter, at -> expunge(letter, at));
            case 6 ->
                there(letter, at -> {
                    expunge(letter, at);
                    arrive(letter.mail);
                });
            default ->
                there(letter, at -> {
                    server.deliver(server.box(letter.profile), letter.key.folder(), letter.mail, false);
                });
        }
    }

    private void expunge(Letter letter, MemoryFolder at) {
        letter.lost = world.clock.nanos();
        at.expunge(UidSet.of(letter.key.uid()));
    }

    private void renumber() {
        Box box = anyBox();
        world.census.count("folder renumbered");
        server.renumber(box, chance().of(box.watched), chance().between(1, 50));
    }

    private void loseFolder() {
        Box box = anyBox();
        String folder = chance().of(box.watched);
        world.census.count("folder lost");
        List<Letter> lost = new ArrayList<>(server.letters.stream()
                .filter(letter -> letter.there() && letter.profile.equals(box.name))
                .filter(letter -> letter.key.folder().equals(folder))
                .toList());
        server.remove(box, folder);
        Duration absent = chance().upTo(Duration.ofSeconds(chance().one(2) ? 1 : 120));
        boolean restored = chance().one(2);
        world.schedule.outside(absent, "a folder is made again", () -> {
            server.makeAgain(box, folder);
            if (restored) {
                lost.forEach(letter -> server.deliver(box, folder, letter.mail, false));
            }
        });
    }

    private void refuse() {
        Box box = anyBox();
        box.refuses = true;
        Duration lasts = chance().upTo(Duration.ofSeconds(180));
        world.schedule.outside(lasts, "log-ins are good again", () -> box.refuses = false);
    }

    private void resume() {
        if (world.listening()) {
            server.boxes.keySet().forEach(name -> world.agent().resume(name));
        }
    }
}
