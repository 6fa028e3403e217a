package ekiden.agent;

import ekiden.base.Problem;
import ekiden.link.Assignment.ProveMail;
import ekiden.model.mail.MailIdentity;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Mails from before a watch about which the DNS gave no answer: when each is tried again, and whose turn it is first. The manager keeps what is to
 * be found out, so nothing is lost with this. Safe from any thread.
 */
final class LateProofs {
    /** An order that so many sweeps did not bring is called off. */
    private static final int SWEEPS = 4;

    private final AgentPorts ports;
    private final ProofAlarms alarms;
    private final Map<String, Wait> waits = new HashMap<>();
    private final Map<String, QuestionTime> times = new HashMap<>();

    /**
     * @param tries in which it was asked about
     * @param since when it was tried first
     * @param notBefore when it is tried next
     * @param seen when it was brought last
     * @param passedOver whether there was no time for it
     */
    private record Wait(MailIdentity mail, int tries, long since, long notBefore, long seen, boolean passedOver) {
        Wait seenAt(long now) {
            return new Wait(mail, tries, since, notBefore, now, passedOver);
        }

        Wait passedOver(boolean now) {
            return new Wait(mail, tries, since, notBefore, seen, now);
        }

        String folder() {
            String key = mail.key();
            return mail.mailbox() + "/" + key.substring(0, Math.max(0, key.lastIndexOf('/')));
        }
    }

    LateProofs(AgentPorts ports, ProofAlarms alarms) {
        this.ports = ports;
        this.alarms = alarms;
    }

    /** {@return how long may be asked about mails of a mailbox that were there before} */
    synchronized QuestionTime time(String mailbox) {
        AgentSettings settings = ports.settings();
        return times.computeIfAbsent(
                mailbox, box -> new QuestionTime(ports.clock(), settings.proofTime(), settings.proofPause()));
    }

    /** Whether a question may be asked about it now: where not, it need not be fetched either. */
    boolean hasTime(ProveMail order) {
        return time(order.mail().identity().mailbox()).isLeft();
    }

    /** Whether it is tried now; where there was no time for another one of its folder, that one comes first. */
    synchronized boolean isDue(ProveMail order) {
        long now = ports.clock().nanos();
        forget(now);
        MailIdentity mail = order.mail().identity();
        Wait wait = waits.getOrDefault(order.key(), new Wait(mail, 0, now, now, now, false))
                .seenAt(now);
        waits.put(order.key(), wait);
        boolean another = !wait.passedOver
                && waits.values().stream()
                        .anyMatch(one -> one.passedOver && one.folder().equals(wait.folder()));
        return now - wait.notBefore >= 0 && !another;
    }

    /** It was not looked at. Where only time was wanting it comes first next time; otherwise that was its turn, and others do not wait for it. */
    void notTried(ProveMail order) {
        boolean timeIsUp = !hasTime(order);
        synchronized (this) {
            Wait before = waits.get(order.key());
            if (before != null) {
                waits.put(order.key(), before.passedOver(timeIsUp));
            }
        }
    }

    /** It is not known yet. */
    synchronized void failed(ProveMail order, FolderHaul.Unproved unproved) {
        long now = ports.clock().nanos();
        Wait before = waits.get(order.key());
        if (before == null) {
            return;
        }
        AgentSettings settings = ports.settings();
        long next = now + settings.proofPause(before.tries).toNanos();
        boolean asked = unproved.asked();
        waits.put(
                order.key(),
                new Wait(
                        before.mail,
                        asked ? before.tries + 1 : before.tries,
                        before.since,
                        asked ? next : now,
                        now,
                        !asked));
        if (now - before.since >= settings.proofTold().toNanos()) {
            tell(before.mail, unproved.why());
        }
    }

    /** It is known. */
    synchronized void over(ProveMail order) {
        Wait wait = waits.remove(order.key());
        if (wait != null) {
            over(wait.mail);
        }
    }

    /** Nobody brings them any more. */
    private void forget(long now) {
        long old = ports.settings().sweep().multipliedBy(SWEEPS).toNanos();
        for (Map.Entry<String, Wait> one : List.copyOf(waits.entrySet())) {
            if (now - one.getValue().seen > old) {
                waits.remove(one.getKey());
                over(one.getValue().mail);
            }
        }
    }

    private void tell(MailIdentity mail, Problem why) {
        alarms.tell(mail.toString(), why);
        Duration later = ports.settings().sweep().multipliedBy(SWEEPS + 1L);
        ports.tasks().after(later, "proofs that nobody waits for", this::forget);
    }

    private synchronized void forget() {
        forget(ports.clock().nanos());
    }

    /** Several watches may wait for one mail. */
    private void over(MailIdentity mail) {
        if (waits.values().stream().noneMatch(one -> one.mail.equals(mail))) {
            alarms.over(mail.toString());
        }
    }
}
