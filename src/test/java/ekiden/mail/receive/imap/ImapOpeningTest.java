package ekiden.mail.receive.imap;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.MailboxSession.Wanted;
import ekiden.mail.receive.MailboxSession.Woken;
import ekiden.mail.receive.MailboxSessionContract;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.Wait;
import ekiden.model.mail.UidSet;
import ekiden.testing.imap.ImapFault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time from the connection to the open folder is bounded as a whole. */
@Timeout(60)
class ImapOpeningTest {
    private static final UidSet ALL = UidSet.between(1, UidSet.MAX);

    private final ImapRig rig = new ImapRig();

    @AfterEach
    void close() {
        rig.close();
    }

    /** Each answer comes before its own deadline; only all together are too late. */
    @ParameterizedTest
    @ValueSource(strings = {"CAPABILITY", "AUTHENTICATE", "SELECT"})
    void serverThatHoldsUpTheOpeningWithOneAnswerAfterAnotherIsLeftInTime(String command) {
        rig.server.script().once(ImapFault.TRICKLE, command);
        assertThat(MailboxSessionContract.failed(
                        rig.mailbox(openedWithinASecond()).open()))
                .isEqualTo(ReceiveMessage.STALLED.id());
    }

    @Test
    void sessionMayLastLongerThanItsOpening() {
        Duration longer = Duration.ofMillis(1_100);
        try (MailboxSession session =
                MailboxSessionContract.good(rig.mailbox(openedWithinASecond()).open())) {
            assertThat(MailboxSessionContract.good(session.await(new Wait(longer, longer), () -> false)))
                    .isEqualTo(Woken.TIME);
            assertThat(MailboxSessionContract.good(session.search(Wanted.ALL, ALL)))
                    .isEqualTo(UidSet.EMPTY);
        }
    }

    private ImapSettings openedWithinASecond() {
        ImapTimeouts usual = ImapTimeouts.DEFAULT;
        return rig.settings()
                .with(new ImapTimeouts(
                        usual.connect(),
                        usual.greeting(),
                        usual.stall(),
                        usual.command(),
                        Duration.ofSeconds(1),
                        usual.body(),
                        usual.slowest(),
                        usual.idle(),
                        usual.poll(),
                        usual.goodbye()));
    }
}
