package ekiden.testing.sim;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.receive.BodySink;
import ekiden.mail.receive.FolderState;
import ekiden.mail.receive.Glimpse;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.ServerFacts;
import ekiden.mail.receive.Wait;
import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.UidKey;
import ekiden.model.mail.UidSet;
import ekiden.testing.MemoryFolder;
import ekiden.testing.sim.SimServer.Box;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A connection to a folder: what the folder in memory answers, late, in pieces, out of order, or not at all. */
final class SimSession implements MailboxSession {
    private final SimWorld world;
    private final Box box;
    private final String name;
    private final MemoryFolder at;
    private final MailboxSession inner;
    private final Calls calls;
    private boolean closed;
    private @Nullable Runnable waiting;

    SimSession(SimWorld world, Box box, String name, MemoryFolder at, MailboxSession inner, Calls calls) {
        this.world = world;
        this.box = box;
        this.name = name;
        this.at = at;
        this.inner = inner;
        this.calls = calls;
    }

    boolean isAt(MemoryFolder folder) {
        return at == folder;
    }

    private <T> Result<T> lost() {
        drop();
        return Result.failed(Calls.problem(ReceiveMessage.LOST));
    }

    private <T> Result<T> call(String what, Supplier<Result<T>> deed) {
        Problem trouble = calls.before(what, () -> closed);
        if (trouble != null || closed) {
            drop();
            return Result.failed(trouble == null ? Calls.problem(ReceiveMessage.LOST) : trouble);
        }
        Result<T> result = deed.get();
        calls.mayEnd("behind what it asked a mail server: " + what);
        calls.breathe();
        return closed || calls.drops() ? lost() : result;
    }

    private Optional<Letter> letter(long uid) {
        return world.server().letter(new UidKey(name, at.uidValidity(), uid).identity(box.name));
    }

    @Override
    public FolderState folder() {
        return inner.folder();
    }

    @Override
    public ServerFacts server() {
        return inner.server();
    }

    @Override
    public Result<UidSet> search(Wanted wanted, UidSet among) {
        return call("search", () -> inner.search(wanted, among)).then(found -> {
            if (wanted == Wanted.ALL) {
                world.server().answered(box, name);
            }
            boolean hides = world.canary == Canary.HIDES_MAILS;
            return Result.ok(hides ? UidSet.of(odd(found)) : found);
        });
    }

    private static List<Long> odd(UidSet all) {
        List<Long> odd = new ArrayList<>();
        all.forEach(uid -> {
            if (uid % 2 == 1) {
                odd.add(uid);
            }
        });
        return odd;
    }

    @Override
    public Result<Boolean> look(UidSet mails, Consumer<Glimpse> each) {
        return call("look", () -> {
            for (long uid : at.uids()) {
                if (!mails.contains(uid)) {
                    continue;
                }
                calls.breathe();
                Result<Boolean> one = closed ? lost() : inner.look(UidSet.of(uid), seen -> show(seen, each));
                if (one instanceof Result.Failed<Boolean>) {
                    return one;
                }
            }
            return Result.ok(true);
        });
    }

    private void show(Glimpse seen, Consumer<Glimpse> each) {
        letter(seen.uid()).ifPresent(letter -> letter.glances.add(new Letter.Glance(world.clock.nanos(), seen.seen())));
        each.accept(seen);
    }

    @Override
    public Result<Boolean> fetch(List<UidSet> chunks, BodySink sink) {
        return call("fetch", () -> {
            List<Long> uids = new ArrayList<>();
            chunks.forEach(chunk -> at.uids().stream().filter(chunk::contains).forEach(uids::add));
            while (!uids.isEmpty()) {
                int pick = world.chance.one(2) ? 0 : world.chance.below(uids.size());
                long uid = uids.remove(pick);
                Result<Boolean> one = body(uid, () -> inner.fetch(List.of(UidSet.of(uid)), sink));
                if (one instanceof Result.Failed<Boolean>) {
                    return one;
                }
            }
            return Result.ok(true);
        });
    }

    private Result<Boolean> body(long uid, Supplier<Result<Boolean>> fetch) {
        calls.breathe();
        calls.mayEnd("between two bodies");
        if (closed) {
            return lost();
        }
        if (world.chance.one(world.server().faults.cut())) {
            world.census.count("body cut");
            box.faults.cutAfter(world.chance.below(2_000));
        }
        Result<Boolean> result = fetch.get();
        box.faults.cutAfter(Long.MAX_VALUE);
        if (result instanceof Result.Failed<Boolean>) {
            drop();
        }
        return result;
    }

    @Override
    public Result<Boolean> fetchFrom(long uid, long from, BodySink sink) {
        return call("fetch the rest", () -> body(uid, () -> inner.fetchFrom(uid, from, sink)));
    }

    private UidSet present(UidSet mails) {
        return UidSet.of(at.uids().stream().filter(mails::contains).toList());
    }

    @Override
    public Result<Boolean> addFlags(UidSet mails, Set<String> flags) {
        return call("flags", () -> {
            String keyword = flags.stream()
                    .filter(flag -> !flag.startsWith("\\"))
                    .findFirst()
                    .orElse(null);
            AfterReceive deed = new AfterReceive(flags.contains("\\Seen"), keyword, null, false);
            check(mails, deed);
            Result<Boolean> result = inner.addFlags(mails, flags);
            if (result instanceof Result.Ok<Boolean>) {
                present(mails).forEach(uid -> letter(uid).ifPresent(letter -> letter.marks.addAll(flags)));
            }
            return result;
        });
    }

    @Override
    public Result<Boolean> move(UidSet mails, String folder) {
        return call(
                "move",
                () -> remove(mails, new AfterReceive(false, null, folder, false), () -> {
                    return inner.move(mails, folder);
                }));
    }

    @Override
    public Result<Boolean> delete(UidSet mails) {
        return call(
                "delete",
                () -> remove(mails, new AfterReceive(false, null, null, true), () -> {
                    return inner.delete(mails);
                }));
    }

    private Result<Boolean> remove(UidSet mails, AfterReceive deed, Supplier<Result<Boolean>> how) {
        UidSet there = present(mails);
        check(mails, deed);
        List<Letter> letters = new ArrayList<>();
        there.forEach(uid -> letter(uid).ifPresent(letters::add));
        Result<Boolean> result = how.get();
        if (result instanceof Result.Ok<Boolean>) {
            world.census.count(deed.delete() ? "deletion" : "move");
            letters.forEach(letter -> letter.removed = true);
        }
        return result;
    }

    private void check(UidSet mails, AfterReceive deed) {
        if (at.uidValidity() == inner.folder().uidValidity()) {
            present(mails).forEach(uid -> letter(uid).ifPresent(letter -> world.deeds.about(letter, deed)));
        }
    }

    @Override
    public Result<Woken> await(Wait wait) {
        throw new IllegalStateException("waits are handed over");
    }

    /** The wait of a reader: ends with a hint, with the first question, with time, or with the connection; or with nothing at all. */
    void await(Wait wait, Consumer<Result<Woken>> ended) {
        world.agentHost.mustLive(calls.life);
        boolean[] over = new boolean[1];
        Runnable end = () -> {
            if (!over[0]) {
                over[0] = true;
                waiting = null;
                ended.accept(closed ? lost() : inner.await(Duration.ZERO));
            }
        };
        waiting = end;
        if (closed) {
            later(Duration.ZERO, end);
        } else if (world.chance.one(world.server().faults.stall())) {
            world.census.count("wait without an end");
        } else {
            later(wait.noLongerThan(wait.ask()).atMost(), end);
        }
    }

    private void later(Duration delay, Runnable end) {
        world.schedule.within(world.agentHost, calls.life, delay, "a wait for mail ends", end);
    }

    /** Something changed in a folder. */
    void hint(MemoryFolder changed) {
        if (changed == at && !world.chance.one(world.server().faults.deaf())) {
            wake();
        }
    }

    @Override
    public void wake() {
        Runnable end = waiting;
        if (end != null) {
            later(world.chance.upTo(Duration.ofMillis(600)), end);
        }
    }

    /** The connection is over, whoever ended it. */
    void drop() {
        closed = true;
        inner.close();
        world.server().sessions.remove(this);
        calls.interrupt();
        Runnable end = waiting;
        if (end != null) {
            later(Duration.ZERO, end);
        }
    }

    @Override
    public void close() {
        drop();
    }
}
