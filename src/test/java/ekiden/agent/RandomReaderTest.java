package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.UidSet;
import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import ekiden.testing.MemoryFolder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random lives of a watched folder: mails come, other clients read and remove them, UIDs change, connections break, processes are killed between any
 * two steps. What came of each mail is compared with what the outside knows of it.
 */
class RandomReaderTest {
    private static final int LIVES = 300;

    @Test
    void eachMailIsTakenOnceAndNoneIsPassedOver() {
        List<String> wrong = new ArrayList<>();
        for (long seed = 1; seed <= Long.getLong("reader.lives", LIVES); seed++) {
            try {
                wrong.addAll(new Life(seed, false).live());
            } catch (RuntimeException | AssertionError bug) {
                wrong.add("seed " + seed + ": " + bug);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aLifeInWhichTheCursorRunsAheadIsFound() {
        List<String> wrong = new ArrayList<>();
        for (long seed = 1; seed <= LIVES && wrong.isEmpty(); seed++) {
            wrong.addAll(new Life(seed, true).live());
        }
        assertThat(wrong).isNotEmpty();
    }

    private static final class Life {
        private static final List<AfterReceive> AFTER = List.of(
                AfterReceive.NONE,
                AfterReceive.READ,
                new AfterReceive(false, null, null, true),
                new AfterReceive(true, null, "Done", false),
                new AfterReceive(true, "done", null, false));

        private final long seed;
        private final boolean canary;
        private final SplittableRandom chance;
        private final ReaderWorld world = new ReaderWorld();
        private final MemoryFolder done = world.folder("Done", 3);
        private final AfterReceive after;
        /** Message-ID → subject, of all that ever came. */
        private final Map<String, String> came = new HashMap<>();
        /** Those that another client read or removed. */
        private final Set<String> touched = new HashSet<>();

        private long validity = 7;

        Life(long seed, boolean canary) {
            this.seed = seed;
            this.canary = canary;
            this.chance = new SplittableRandom(seed);
            this.after = AFTER.get(chance.nextInt(AFTER.size()));
        }

        List<String> live() {
            come();
            world.start();
            world.define("/order", "order", after);
            for (int i = 0; i < 60; i++) {
                event();
                if (chance.nextInt(3) == 0) {
                    world.time.some(chance.nextInt(30));
                } else {
                    world.step(Duration.ofMillis(1L << chance.nextInt(14)));
                }
            }
            for (long uid : world.inbox.uids()) {
                world.inbox.readable(uid);
            }
            world.step(Duration.ofMinutes(40));
            return check();
        }

        private void event() {
            switch (chance.nextInt(14)) {
                case 0, 1, 2, 3, 4 -> come();
                case 5 -> world.inbox.uids().forEach(world.inbox::readable);
                case 6, 7 -> world.faults.fail(Problem.of(ReceiveMessage.LOST, "host", "memory"));
                case 8 -> world.faults.cutAfter(chance.nextInt(2_000));
                case 9 -> person();
                case 10 -> renumber();
                case 11 -> late();
                default -> kill();
            }
        }

        private void come() {
            String subject = List.of("order", "late", "text", "lunch").get(chance.nextInt(4));
            byte[] mail = world.mail(subject, subject.equals("text") ? "urgent" : "body");
            came.put(messageId(mail), subject);
            if (chance.nextInt(5) == 0) {
                world.inbox.announce(mail, world.time.now());
            } else {
                world.inbox.deliver(mail, world.time.now());
            }
            if (canary && chance.nextInt(10) == 0) {
                world.store.write(tx -> {
                    tx.cursors()
                            .find(ReaderWorld.BOX, "INBOX")
                            .ifPresent(cursor -> tx.cursors()
                                    .put(ReaderWorld.BOX, cursor.plus(UidSet.between(1, world.inbox.uidNext()))));
                    return true;
                });
                kill();
            }
        }

        private static String messageId(byte[] mail) {
            String text = new String(mail, StandardCharsets.US_ASCII);
            int from = text.indexOf('<', text.indexOf("Message-ID"));
            return text.substring(from, text.indexOf('>', from) + 1);
        }

        private void person() {
            List<Long> uids = world.inbox.uids();
            if (uids.isEmpty()) {
                return;
            }
            long uid = uids.get(chance.nextInt(uids.size()));
            touched.add(messageId(world.inbox.mail(uid).orElseThrow().bytes()));
            switch (chance.nextInt(3)) {
                case 0 -> world.inbox.addFlags(UidSet.of(uid), Set.of("\\Seen"));
                case 1 -> world.inbox.removeFlags(UidSet.of(uid), Set.of("\\Seen"));
                default -> world.inbox.expunge(UidSet.of(uid));
            }
        }

        private void renumber() {
            if (chance.nextInt(3) == 0) {
                world.inbox.renumber(++validity, 1 + chance.nextInt(50));
            }
        }

        private void late() {
            world.define("/late", new Conditions(List.of(), List.of("late"), List.of()), after);
            world.define("/text", new Conditions(List.of(), List.of(), List.of("urgent")), after);
        }

        private void kill() {
            world.kill();
            world.start();
        }

        private List<String> check() {
            List<String> wrong = new ArrayList<>();
            Map<String, Integer> taken = new HashMap<>();
            Map<Long, CatalogueMail> rows = new HashMap<>();
            Map<String, Integer> perMail = new HashMap<>();
            for (CatalogueMail row : world.catalogue()) {
                rows.put(row.id(), row);
                String id = Objects.requireNonNull(row.summary().messageId());
                perMail.merge(id, 1, Integer::sum);
                if (row.raw() != null) {
                    wrong.add("bytes of " + id + " are kept");
                }
            }
            for (String unit : List.of("/order", "/late", "/text")) {
                for (Run run : world.runs(unit)) {
                    Claim claim = world.store
                            .read(tx -> tx.claims().find(Objects.requireNonNull(run.claim())))
                            .orElseThrow();
                    CatalogueMail row = Objects.requireNonNull(rows.get(claim.mail()));
                    taken.merge(unit + " " + row.summary().messageId() + " " + claim.watch(), 1, Integer::sum);
                    if (!unit.equals("/" + row.summary().subject())) {
                        wrong.add(unit + " took " + row.summary().subject());
                    }
                }
            }
            taken.forEach((what, count) -> {
                if (count > 1) {
                    wrong.add(what + " " + count + " times");
                }
            });
            perMail.forEach((id, count) -> {
                if (count > 1) {
                    wrong.add(id + " has " + count + " rows");
                }
            });
            came.forEach((id, subject) -> {
                if (!touched.contains(id)) {
                    untouched(id, subject, taken, perMail, wrong);
                }
            });
            atServer(wrong);
            if (!world.outbox().isEmpty()) {
                wrong.add("outbox: " + world.outbox());
            }
            if (!world.spooled().isEmpty()) {
                wrong.add("left in the spool: " + world.spooled());
            }
            return wrong.stream().map(what -> "seed " + seed + ": " + what).toList();
        }

        private void untouched(
                String id, String subject, Map<String, Integer> taken, Map<String, Integer> rows, List<String> wrong) {
            if (!rows.containsKey(id)) {
                wrong.add(id + " " + subject + " is not in the catalogue");
            }
            boolean wasTaken = taken.keySet().stream().anyMatch(key -> key.startsWith("/" + subject + " " + id + " "));
            boolean watched = subject.equals("order")
                    || (!subject.equals("lunch") && !world.runsOf(subject).isEmpty());
            if (subject.equals("order") && !wasTaken) {
                wrong.add(id + " was passed over");
            }
            if (watched && !wasTaken && world.isDefined(subject)) {
                wrong.add(id + " " + subject + " was passed over");
            }
        }

        private void atServer(List<String> wrong) {
            for (long uid : world.inbox.uids()) {
                String id = messageId(world.inbox.mail(uid).orElseThrow().bytes());
                String subject = came.get(id);
                boolean ours = !touched.contains(id) && "order".equals(subject);
                if (ours && (after.delete() || after.moveTo() != null)) {
                    wrong.add(id + " was not removed");
                }
                if (ours && after.read() && !world.inbox.flags(uid).contains("\\Seen")) {
                    wrong.add(id + " was not marked read");
                }
                if ("lunch".equals(subject)
                        && !touched.contains(id)
                        && !world.inbox.flags(uid).isEmpty()) {
                    wrong.add(id + " nobody wanted was changed");
                }
                if (!world.cursor().orElseThrow().settled().contains(uid)) {
                    wrong.add(id + " is not settled");
                }
            }
            boolean moved = after.moveTo() != null;
            if (!moved && !done.uids().isEmpty()) {
                wrong.add("mails were moved");
            }
        }
    }
}
