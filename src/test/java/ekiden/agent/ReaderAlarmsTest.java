package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.http.Reconciling;
import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.manager.Command;
import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.UidSet;
import ekiden.testing.MemoryFolder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Alarms about folders and their mails end when what they say is over, whoever raised them. */
class ReaderAlarmsTest {
    private static final String LAMP = "mailbox/orders/INBOX";
    private static final Duration LONG = Duration.ofMinutes(12);

    private final ReaderWorld world = new ReaderWorld();

    private void failing() {
        world.opens = false;
        world.start();
        world.step(Duration.ofMinutes(1));
        assertThat(world.alarms()).contains(LAMP);
    }

    /** A mail that is too large lies in quarantine, its bytes at the server alone, and a person lets it out while nobody can log in. */
    private CatalogueMail wantedOutOfQuarantine() {
        world.mailsUpTo(50);
        world.deliver("order 1");
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.settle();
        CatalogueMail mail = world.catalogue().getFirst();
        assertThat(mail.state()).isEqualTo(CatalogueMail.State.QUARANTINED);
        world.opens = false;
        world.faults.fail(Problem.of(ReceiveMessage.LOST, "host", "memory"));
        world.step(Duration.ofMinutes(2));
        world.give(new Command.ReleaseMail(mail.id()));
        assertThat(world.outbox()).containsExactly("quarantine/" + mail.id());
        return mail;
    }

    @Test
    void alarmOfTheProcessBeforeEndsWhenTheServerAnswersThisOne() {
        failing();
        world.kill();
        world.opens = true;
        world.start();
        world.step(LONG);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void alarmOfTheProcessBeforeStaysWhileTheServerDoesNotAnswer() {
        failing();
        world.kill();
        world.start();
        world.step(LONG);
        assertThat(world.alarms()).contains(LAMP);
    }

    @Test
    void alarmOfOtherSettingsEndsWhenTheServerAnswersUnderThese() {
        failing();
        world.opens = true;
        world.mailsUpTo(1_000);
        world.follow();
        world.step(LONG);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void alarmOfAFolderThatIsWatchedNoMoreEnds() {
        failing();
        world.folders.remove("INBOX");
        world.follow();
        world.step(LONG);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void mailThatWasAnnouncedAndIsRemovedIsNoAlarmAnyMore() {
        world.start();
        long uid = world.inbox.announce(world.mail("order", "x"), world.time.now());
        world.step(Duration.ofMinutes(2));
        assertThat(world.alarms()).contains("announced/orders/INBOX/" + uid);
        world.inbox.expunge(UidSet.of(uid));
        world.settle();
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void folderIsReconciledWhileAMailOfAFolderBelowIsAnnouncedOnly() {
        MemoryFolder below = world.folder("INBOX/parts", 3);
        world.start();
        long uid = below.announce(world.mail("order", "x"), world.time.now());
        world.step(Duration.ofMinutes(2));
        assertThat(world.alarms()).contains("announced/orders/INBOX/parts/" + uid);
        assertThat(Reconciling.count(world.store, ReaderWorld.BOX, "INBOX", 7, UidSet.of(uid))
                        .unexplained())
                .as("a mail of the inbox with the same UID")
                .isEqualTo(1);
        assertThat(Reconciling.count(world.store, ReaderWorld.BOX, "INBOX/parts", 3, UidSet.of(uid))
                        .unexplained())
                .isZero();
    }

    @Test
    void mailThatWasAnnouncedToTheProcessBeforeIsNoAlarmOnceItIsRead() {
        world.start();
        long uid = world.inbox.announce(world.mail("order", "x"), world.time.now());
        world.step(Duration.ofMinutes(2));
        world.kill();
        world.inbox.readable(uid);
        world.start();
        world.step(LONG);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void mailThatWasAnnouncedUnderAnotherNumberIsNoAlarmAnyMore() {
        world.start();
        long uid = world.inbox.announce(world.mail("order", "x"), world.time.now());
        world.step(Duration.ofMinutes(2));
        world.inbox.renumber(99, 40);
        world.inbox.readable(40);
        world.settle();
        assertThat(world.alarms()).isNotEmpty().doesNotContain("announced/orders/INBOX/" + uid);
    }

    @Test
    void quarantinedMailThatWasLostWithItsFolderIsWaitedForByNobody() {
        CatalogueMail mail = wantedOutOfQuarantine();
        world.inbox.expunge(UidSet.of(1));
        world.inbox.renumber(99, 40);
        world.opens = true;
        world.step(LONG);
        assertThat(world.outbox()).isEmpty();
        assertThat(world.catalogue().getFirst().state()).isEqualTo(CatalogueMail.State.GONE);
        assertThat(world.alarms()).doesNotContain("quarantine/" + mail.id());
    }

    @Test
    void mailThatWasDroppedBeforeItsReleaseCouldBeginIsWaitedForByNobody() {
        CatalogueMail mail = wantedOutOfQuarantine();
        world.give(new Command.DropMail(mail.id()));
        world.inbox.expunge(UidSet.of(1));
        world.inbox.renumber(99, 40);
        world.opens = true;
        world.step(LONG);
        assertThat(world.outbox()).isEmpty();
        assertThat(world.catalogue().getFirst().state()).isEqualTo(CatalogueMail.State.DROPPED);
        assertThat(world.spooled()).isEmpty();
    }

    @Test
    void quarantinedMailIsLetOutUnderItsNewNumber() {
        wantedOutOfQuarantine();
        world.inbox.renumber(99, 40);
        world.opens = true;
        world.step(LONG);
        assertThat(world.outbox()).isEmpty();
        assertThat(world.runs("/a")).hasSize(1);
    }

    @Test
    void bytesOfAMailThatWasDroppedWhileItWasFetchedAreLetGo() {
        CatalogueMail mail = wantedOutOfQuarantine();
        world.give(new Command.DropMail(mail.id()));
        world.opens = true;
        world.step(LONG);
        assertThat(world.outbox()).isEmpty();
        assertThat(world.spooled()).isEmpty();
    }

    @Test
    void folderThatHasItsOldNumbersAgainIsNoAlarmOnceAPersonLetsItGoOn() {
        world.with(ReaderSettings.SameContent.NOTE, ReaderSettings.Renumbered.ASK);
        world.deliver("order 1");
        world.start();
        world.settle();
        world.inbox.renumber(99, 40);
        world.settle();
        assertThat(world.alarms()).containsExactly(LAMP);
        world.inbox.renumber(7, 1);
        world.agent().resume(ReaderWorld.BOX);
        world.step(LONG);
        assertThat(world.alarms()).isEmpty();
    }
}
