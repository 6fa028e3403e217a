package ekiden.agent;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.Assignment.TreatQuarantined;
import ekiden.mail.receive.Glimpse;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.OneByOne;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.UidKey;
import ekiden.model.mail.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Fetches one mail for a person who lets it out of quarantine, however large it is. On the reader's strand. */
final class FolderOne implements FolderWork {
    /**
     * What came of it.
     *
     * @param raw where its bytes are, or null
     * @param problem why they cannot be had, or null
     */
    record Outcome(@Nullable RawMail raw, @Nullable Problem problem) {}

    private final FolderReader reader;
    private final TreatQuarantined order;
    private final UidKey key;
    private final Consumer<@Nullable Outcome> then;

    FolderOne(FolderReader reader, TreatQuarantined order, UidKey key, Consumer<@Nullable Outcome> then) {
        this.reader = reader;
        this.order = order;
        this.key = key;
        this.then = then;
    }

    @Override
    public @Nullable Problem run(MailboxSession session) {
        if (session.folder().uidValidity() != key.uidValidity()) {
            then.accept(null);
            return null;
        }
        List<Glimpse> glimpses = new ArrayList<>();
        Result<Boolean> looked = OneByOne.look(session, UidSet.of(key.uid()), glimpses::add);
        if (looked instanceof Result.Failed<Boolean>(Problem problem)) {
            return problem;
        }
        boolean same = !glimpses.isEmpty() && glimpses.getFirst().trace().equals(order.trace());
        if (!same) {
            then.accept(new Outcome(null, another()));
            return null;
        }
        Sighting one = new Sighting(
                        order.identity(),
                        glimpses.getFirst(),
                        null,
                        reader.watched().settings())
                .ofAnySize();
        Problem problem = reader.fetch().fetch(session, List.of(one), ByteBudgets.Admission.ALWAYS);
        if (problem != null) {
            // they may have come whole before the connection ended
            reader.desk().keepForLater(one);
            return problem;
        }
        then.accept(one.raw() == null ? new Outcome(null, another()) : new Outcome(one.raw(), null));
        return null;
    }

    private Problem another() {
        return Problem.of(ReceiveMessage.ANOTHER_MAIL, "mail", order.mail(), "identity", order.identity());
    }

    @Override
    public void giveUp() {
        then.accept(null);
    }
}
