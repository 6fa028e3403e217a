package ekiden.testing;

import ekiden.base.Problem;
import ekiden.mail.send.MailQueue;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendOutcome.Refusal;
import ekiden.mail.send.SendProgress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A mail system in memory, for the simulation: takes every mail unless told otherwise, and remembers what was delivered by
 * Message-ID. It keeps the order of the real one: content, then {@link SendProgress#endingData}, then delivery.
 *
 * <p>Methods are synchronized; never blocks, starts no thread.
 */
public final class MemoryMailSender implements MailSender {
    /** What happens to a submission. */
    public enum Fate {
        /** Taken. */
        ACCEPT,
        /** No connection. */
        NOT_REACHABLE,
        /** The connection breaks in the middle of the content. */
        LOST_IN_BODY,
        /** 4xx to the end of data. */
        NOT_NOW,
        /** 5xx to the end of data. */
        REFUSE,
        /** Put into a queue, which is {@link MemoryMailSender#queue}. */
        QUEUE,
        /** Delivered, but the answer is lost. */
        DELIVER_AND_LOSE,
        /** The final dot is lost: not delivered, and nobody can tell. */
        LOSE
    }

    /**
     * A mail that arrived.
     *
     * @param messageId with angle brackets
     * @param mail envelope and bytes
     */
    public record Arrival(String messageId, Delivered mail) {}

    private final Deque<Fate> fates = new ArrayDeque<>();
    private final Set<String> refused = new HashSet<>();
    private final Map<String, Integer> putOff = new HashMap<>();
    private final List<Arrival> arrivals = new ArrayList<>();
    private Supplier<Fate> otherwise = () -> Fate.ACCEPT;
    private volatile MailQueue.State queued = new MailQueue.State.NotSeen(null);
    private volatile boolean telling;
    private int submissions;

    /** The next submission meets this fate, after those already said. {@return this} */
    public synchronized MemoryMailSender next(Fate fate) {
        fates.add(fate);
        return this;
    }

    /** This recipient is put off so many times (4xx), and then taken. {@return this} */
    public synchronized MemoryMailSender putsOff(String recipient, int times) {
        putOff.put(recipient, times);
        return this;
    }

    /** Each submission for which no {@link #next} is left asks here. {@return this} */
    public synchronized MemoryMailSender otherwise(Supplier<Fate> drawn) {
        otherwise = drawn;
        return this;
    }

    /** This recipient is refused by name from now on. {@return this} */
    public synchronized MemoryMailSender refuses(String recipient) {
        refused.add(recipient);
        return this;
    }

    /** {@return what arrived, in order} */
    public synchronized List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** {@return how often a mail with this Message-ID arrived} */
    public synchronized long arrivals(String messageId) {
        return arrivals.stream().filter(a -> a.messageId().equals(messageId)).count();
    }

    /** {@return how many submissions there were} */
    public synchronized int submissions() {
        return submissions;
    }

    @Override
    public synchronized SendOutcome submit(OutgoingMail mail, SendProgress progress) {
        submissions++;
        Fate fate = fates.isEmpty() ? otherwise.get() : fates.remove();
        if (fate == Fate.NOT_REACHABLE) {
            return failed(SendMessage.NO_CONNECTION);
        }
        List<String> taken = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        mail.recipients().forEach(recipient -> recipient(recipient, taken, refusals));
        if (taken.isEmpty()) {
            boolean all = refusals.stream().allMatch(Refusal::permanent);
            return all
                    ? new SendOutcome.Refused(problem(SendMessage.ALL_REFUSED), refusals)
                    : new SendOutcome.Failed(problem(SendMessage.ALL_PUT_OFF), refusals);
        }
        Optional<byte[]> content = contentOf(mail);
        if (content.isEmpty()) {
            return new SendOutcome.Refused(problem(SendMessage.CONTENT_UNREADABLE), refusals);
        }
        if (fate == Fate.LOST_IN_BODY) {
            return failed(SendMessage.LOST);
        }
        if (!progress.endingData()) {
            return failed(SendMessage.CALLED_OFF);
        }
        Arrival arrival = new Arrival(
                mail.messageId(),
                new Delivered(mail.sender(), taken, new String(content.get(), StandardCharsets.ISO_8859_1)));
        return ended(fate, arrival, refusals);
    }

    private void recipient(String recipient, List<String> taken, List<Refusal> refusals) {
        int left = putOff.getOrDefault(recipient, 0);
        if (refused.contains(recipient)) {
            refusals.add(new Refusal(recipient, 550, "5.1.1 nobody of that name"));
        } else if (left > 0) {
            putOff.put(recipient, left - 1);
            refusals.add(new Refusal(recipient, 450, "4.2.0 greylisted"));
        } else {
            taken.add(recipient);
        }
    }

    private SendOutcome ended(Fate fate, Arrival arrival, List<Refusal> refusals) {
        List<String> taken = arrival.mail().recipients();
        return switch (fate) {
            case NOT_NOW -> failed(SendMessage.NOT_NOW);
            case REFUSE -> new SendOutcome.Refused(problem(SendMessage.REFUSED), refusals);
            case LOSE -> new SendOutcome.Uncertain(problem(SendMessage.UNCERTAIN_LOST), taken, refusals);
            case QUEUE -> new SendOutcome.Queued("", "own+" + arrival.mail().sender(), true, taken);
            case DELIVER_AND_LOSE -> {
                arrivals.add(arrival);
                yield new SendOutcome.Uncertain(problem(SendMessage.UNCERTAIN_LOST), taken, refusals);
            }
            case ACCEPT, NOT_REACHABLE, LOST_IN_BODY -> {
                arrivals.add(arrival);
                String reply = "2.0.0 taken as " + arrivals.size();
                yield refusals.isEmpty()
                        ? new SendOutcome.Accepted(reply, taken)
                        : new SendOutcome.PerRecipient(reply, taken, refusals);
            }
        };
    }

    /** What is seen in the queue from now on. {@return this} */
    public synchronized MemoryMailSender inQueue(MailQueue.State state) {
        queued = state;
        return this;
    }

    /** It was asked for notices of delivery. {@return this} */
    public synchronized MemoryMailSender telling() {
        telling = true;
        return this;
    }

    @Override
    public MailQueue queue() {
        return new MailQueue() {
            @Override
            public State look(Entry mail) {
                return queued;
            }

            @Override
            public Duration patience() {
                return Duration.ofHours(2);
            }

            @Override
            public boolean tellsDelivery() {
                return telling;
            }
        };
    }

    private static Optional<byte[]> contentOf(OutgoingMail mail) {
        try (InputStream bytes = mail.content().open()) {
            byte[] all = bytes.readAllBytes();
            return all.length == mail.content().size() ? Optional.of(all) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static SendOutcome failed(SendMessage message) {
        return new SendOutcome.Failed(problem(message), List.of());
    }

    private static Problem problem(SendMessage message) {
        return Problem.of(message, "host", "memory.example", "port", 25, "reply", "", "phase", "", "detail", "");
    }
}
