package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.Delivered;
import ekiden.testing.MemoryMailSender;
import ekiden.testing.MemoryMailSender.Fate;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryMailSenderTest extends MailServerContract {
    private final MemoryMailSender system =
            new MemoryMailSender().refuses(refuses("x")).refuses(refuses("y"));

    @Override
    protected MailSender sender() {
        return system;
    }

    @Override
    protected MailSender senderToNobody() {
        return new MemoryMailSender().next(Fate.NOT_REACHABLE);
    }

    @Override
    protected String takes(String name) {
        return name + "@memory.example";
    }

    @Override
    protected String refuses(String name) {
        return "refused-" + name + "@memory.example";
    }

    @Override
    protected List<Delivered> arrived(int atLeast) {
        return system.arrivals().stream().map(MemoryMailSender.Arrival::mail).toList();
    }

    @Test
    void uncertainMailHasArrivedOrNot() {
        system.next(Fate.DELIVER_AND_LOSE).next(Fate.LOSE);

        SendOutcome first = system.submit(mail("<arrived@memory>", takes("one")), SendProgress.NONE);
        SendOutcome second = system.submit(mail("<lost@memory>", takes("one")), SendProgress.NONE);

        assertThat(first).isInstanceOf(SendOutcome.Uncertain.class);
        assertThat(second).isInstanceOf(SendOutcome.Uncertain.class);
        assertThat(system.arrivals("<arrived@memory>")).isEqualTo(1);
        assertThat(system.arrivals("<lost@memory>")).isZero();
    }

    @Test
    void mailLostBeforeItsEndHasNotArrived() {
        system.next(Fate.LOST_IN_BODY).next(Fate.NOT_NOW).next(Fate.REFUSE);

        assertThat(system.submit(mail("<1@memory>", takes("one")), SendProgress.NONE))
                .isInstanceOf(SendOutcome.Failed.class);
        assertThat(system.submit(mail("<2@memory>", takes("one")), SendProgress.NONE))
                .isInstanceOf(SendOutcome.Failed.class);
        assertThat(system.submit(mail("<3@memory>", takes("one")), SendProgress.NONE))
                .isInstanceOf(SendOutcome.Refused.class);
        assertThat(system.arrivals()).isEmpty();
        assertThat(system.submissions()).isEqualTo(3);
    }
}
