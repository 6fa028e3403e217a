package ekiden.testing.sim;

import ekiden.link.AgentLink;
import ekiden.link.Assignment;
import ekiden.link.ManagerLink;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.link.WatchList;
import ekiden.model.mail.Cursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The way between agent and manager: loses, repeats, reorders, delays. An answer reaches only the life that asked. */
final class SimLink {
    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofSeconds(12);

    private final SimWorld world;

    SimLink(SimWorld world) {
        this.world = world;
    }

    private Duration delay() {
        boolean slow = world.chance.one(world.faults().slow());
        return world.chance.upTo(slow ? LONG : SHORT);
    }

    private void send(Host from, int life, Host to, String what, Runnable arrival) {
        from.mustLive(life);
        if (world.chance.one(world.faults().linkCrash())) {
            world.crash(from, "as it sends " + what);
        }
        carry(what, () -> world.schedule.reaching(to, delay(), what, arrival));
    }

    private void answer(Host to, int life, String what, Runnable arrival) {
        carry("answer to " + what, () -> world.schedule.within(to, life, delay(), "answer to " + what, arrival));
    }

    private void carry(String what, Runnable way) {
        if (world.chance.one(world.faults().drop())) {
            world.census.count("message lost");
            world.trace.say(() -> "lost: " + what);
            return;
        }
        way.run();
        if (world.chance.one(world.faults().repeat())) {
            way.run();
        }
    }

    /** The manager as one life of the agent sees it. */
    ManagerLink toManager(int life) {
        return new ToManager(life);
    }

    /** The agent as one life of the manager sees it. */
    AgentLink toAgent(int life) {
        return new ToAgent(life);
    }

    private final class ToManager implements ManagerLink {
        private final int life;

        ToManager(int life) {
            this.life = life;
        }

        private void ask(String what, Runnable arrival) {
            send(world.agentHost, life, world.managerHost, what, arrival);
        }

        private <T> Consumer<T> back(String what, Consumer<T> answer) {
            return value -> answer(world.agentHost, life, what, () -> answer.accept(value));
        }

        @Override
        public void found(Report.MailsFound report, Consumer<Verdict> answer) {
            String what = "found " + report.mails().size();
            ask(
                    what,
                    () -> world.endpoint().found(report, this.<Verdict>back(what, verdict -> {
                        world.census.count("verdict " + verdict.getClass().getSimpleName());
                        answer.accept(verdict);
                    })));
        }

        @Override
        public void report(Report report, Runnable taken) {
            if (world.canary == Canary.LOSES_REPORTS && report instanceof Report.MailSaved) {
                return;
            }
            if (world.canary == Canary.ENDS_STARTS) {
                Broken.inTrouble(report).ifPresent(world.observed::endStarts);
            }
            Report sent = world.canary == Canary.FORGETS_MOVES ? Broken.withoutMoves(report) : report;
            String what = "report " + report;
            ask(what, () -> world.endpoint().report(sent, () -> answer(world.agentHost, life, what, taken)));
        }

        @Override
        public void watches(String mailbox, Consumer<WatchList> answer) {
            String what = "watches of " + mailbox;
            ask(what, () -> world.endpoint().watches(mailbox, this.<WatchList>back(what, answer)));
        }

        @Override
        public void cursor(String mailbox, String folder, Consumer<Optional<Cursor>> answer) {
            String what = "cursor of " + mailbox + "/" + folder;
            ask(what, () -> world.endpoint().cursor(mailbox, folder, this.<Optional<Cursor>>back(what, answer)));
        }

        @Override
        public void known(String mailbox, List<String> keys, Consumer<List<Traced>> answer) {
            String what = "known mails of " + mailbox;
            ask(what, () -> world.endpoint().known(mailbox, keys, this.<List<Traced>>back(what, answer)));
        }

        @Override
        public void traces(
                String mailbox, String folder, long uidValidity, String after, Consumer<List<Traced>> answer) {
            String what = "traces of " + mailbox + "/" + folder;
            ask(
                    what,
                    () -> world.endpoint()
                            .traces(mailbox, folder, uidValidity, after, this.<List<Traced>>back(what, answer)));
        }

        @Override
        public void waiting(Consumer<List<Assignment>> answer) {
            ask("what waits", () -> world.endpoint().waiting(this.<List<Assignment>>back("what waits", answer)));
        }

        @Override
        public void alarms(Consumer<Set<String>> answer) {
            ask("open alarms", () -> world.endpoint().alarms(this.<Set<String>>back("open alarms", answer)));
        }

        @Override
        public void former(String claim, String former, Consumer<FormerFiles> answer) {
            ask(
                    "files of another claim",
                    () -> world.endpoint()
                            .former(claim, former, this.<FormerFiles>back("files of another claim", answer)));
        }

        @Override
        public void unknown(List<String> places, Consumer<Set<String>> answer) {
            ask(
                    "what is unknown",
                    () -> world.endpoint().unknown(places, this.<Set<String>>back("what is unknown", answer)));
        }
    }

    private final class ToAgent implements AgentLink {
        private final int life;

        ToAgent(int life) {
            this.life = life;
        }

        @Override
        public void assigned(List<Assignment> assignments) {
            List<Assignment> sent = new ArrayList<>(assignments);
            if (world.canary == Canary.SAVES_UNWANTED) {
                world.observed.unwanted().ifPresent(sent::add);
            }
            sent.addAll(Broken.deeds(world, assignments));
            sent.removeIf(one -> Broken.comesLater(world, one));
            send(
                    world.managerHost,
                    life,
                    world.agentHost,
                    "assigned " + sent.size(),
                    () -> world.agent().assigned(sent));
        }

        @Override
        public void watchesChanged(String mailbox) {
            send(
                    world.managerHost,
                    life,
                    world.agentHost,
                    "watches changed",
                    () -> world.agent().watchesChanged(mailbox));
        }
    }
}
