package ekiden.testing.sim;

import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.ReceiveMail.ClaimRule;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SaveRule;
import ekiden.model.definition.SendMail;
import ekiden.model.definition.UnitName;
import ekiden.model.definition.Work;
import ekiden.testing.Extras;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Draws jobnets. */
final class SimUnits {
    private static final AfterReceive DELETE = new AfterReceive(false, null, null, true);
    private static final List<AfterReceive> AFTER =
            List.of(AfterReceive.NONE, AfterReceive.READ, AfterReceive.READ, DELETE);

    private static final List<AfterReceive> AT_SERVER = List.of(
            AfterReceive.NONE,
            AfterReceive.READ,
            DELETE,
            new AfterReceive(true, null, SimServer.DONE, false),
            new AfterReceive(true, "taken", null, false),
            new AfterReceive(false, "taken", null, false));

    private final Chance chance;
    private final boolean servers;

    SimUnits(Chance chance, boolean servers) {
        this.chance = chance;
        this.servers = servers;
    }

    Jobnet jobnet(String unit) {
        ReceiveMail start = chance.one(4) ? null : receive();
        List<Job> jobs = new ArrayList<>();
        int count = chance.between(1, 4);
        for (int i = 0; i < count; i++) {
            jobs.add(job(i, start != null));
        }
        Jobnet.Overlap overlap = chance.one(2) ? Jobnet.Overlap.QUEUE : Jobnet.Overlap.ALLOW;
        return new Jobnet(new UnitName(unit), start, null, overlap, jobs);
    }

    private Job job(int number, boolean startedByMail) {
        List<String> needs = new ArrayList<>();
        for (int before = 0; before < number; before++) {
            if (chance.one(2)) {
                needs.add("j" + before);
            }
        }
        Work work = switch (chance.below(5)) {
            case 0 -> receive();
            case 1 -> send(startedByMail);
            default -> new RunCommand(List.of("work", "${run.number}"), Map.of("A", "b"), null, 0, 4);
        };
        return new Job("j" + number, needs, work, timeout(work), chance.of(List.of(Job.OnTimeout.values())));
    }

    private @Nullable Duration timeout(Work work) {
        boolean receives = work instanceof ReceiveMail;
        if (!chance.one(receives ? 2 : 4)) {
            return null;
        }
        return Duration.ofSeconds(receives ? chance.between(30, 600) : chance.between(3, 60));
    }

    private ReceiveMail receive() {
        return servers && !chance.one(3) ? atServer() : atListener();
    }

    private ClaimRule claim() {
        return chance.one(2) ? ClaimRule.ALL : chance.of(List.of(ClaimRule.values()));
    }

    private ReceiveMail atServer() {
        List<String> from = chance.one(2) ? List.of(chance.of(SimMail.SENDERS)) : List.of();
        List<String> subject = chance.one(2) ? List.of(chance.of(SimMail.WORDS)) : List.of();
        boolean text = chance.one(4) || (from.isEmpty() && subject.isEmpty());
        return new ReceiveMail(
                chance.of(SimServer.PROFILES),
                new Conditions(from, subject, text ? List.of(chance.of(SimMail.TEXTS)) : List.of()),
                new SaveRule(chance.one(3) ? "in" : null, null, null, null, true, null),
                chance.one(6) ? null : chance.of(AT_SERVER),
                claim(),
                chance.between(1, 3));
    }

    private ReceiveMail atListener() {
        List<String> from = chance.one(2) ? List.of(chance.of(SimMail.SENDERS)) : List.of();
        List<String> subject = from.isEmpty() || chance.one(2) ? List.of(chance.of(SimMail.WORDS)) : List.of();
        ClaimRule claim = claim();
        return new ReceiveMail(
                chance.one(3) ? "support" : "orders",
                new Conditions(from, subject, List.of()),
                new SaveRule(chance.one(3) ? "in" : null, null, null, null, true, null),
                chance.of(AFTER),
                claim,
                chance.between(1, 3));
    }

    private SendMail send(boolean startedByMail) {
        List<String> attach = startedByMail && chance.one(3) ? List.of("${start.attachments}") : List.of();
        return new SendMail(
                "orders",
                List.of("to@out.example"),
                List.of(),
                List.of(),
                startedByMail ? "Re: ${start.subject}" : "Done",
                "Run ${run.number}",
                null,
                attach,
                chance.one(2) ? MailExtras.NONE : Extras.onBounce("/u" + chance.between(1, 4)));
    }
}
