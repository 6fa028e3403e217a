package ekiden.mail.receive.imap;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.receive.Bodies;
import ekiden.mail.receive.Glimpse;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.MailboxSession.Wanted;
import ekiden.mail.receive.MailboxSessionContract;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.mail.UidSet;
import ekiden.testing.MemoryFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits that count over several answers; those of one answer are in {@link ResponseReaderTest}. */
@Timeout(60)
class ImapLimitsTest {
    private static final UidSet ALL = UidSet.between(1, UidSet.MAX);

    private final ImapRig rig = new ImapRig();

    @AfterEach
    void close() {
        rig.close();
    }

    /** Answers, hits, mails at once, folders. */
    private ImapSettings limits(int answers, long hits, int lookAtOnce, int folders) {
        ImapLimits usual = ImapLimits.DEFAULT;
        return rig.settings()
                .with(new ImapLimits(
                        usual.lineBytes(),
                        usual.textBytes(),
                        usual.headerBytes(),
                        usual.nesting(),
                        answers,
                        hits,
                        4,
                        200,
                        lookAtOnce,
                        2,
                        8192,
                        folders,
                        1));
    }

    private MailboxSession open(ImapSettings settings) {
        return MailboxSessionContract.good(rig.mailbox(settings).open());
    }

    private void deliver(int count) {
        for (int i = 0; i < count; i++) {
            rig.deliver(20);
        }
    }

    @Test
    void searchWithTooManyHitsEndsTheSession() {
        deliver(10);
        try (MailboxSession session = open(limits(100, 10, 500, 10))) {
            assertThat(MailboxSessionContract.good(session.search(Wanted.ALL, ALL))
                            .size())
                    .isEqualTo(10);
            deliver(1);
            assertThat(MailboxSessionContract.failed(session.search(Wanted.ALL, ALL)))
                    .isEqualTo(ReceiveMessage.TOO_MUCH.id());
        }
    }

    @Test
    void searchWithMoreGapsThanTheMemoryHasRoomForEndsTheSession() {
        deliver(9);
        try (MailboxSession session = open(limits(100, 100, 500, 10))) {
            UidSet fourRuns = UidSet.of(List.of(1L, 2L, 4L, 6L, 8L, 9L));
            assertThat(MailboxSessionContract.good(session.search(Wanted.ALL, fourRuns)))
                    .isEqualTo(fourRuns);
            UidSet five = UidSet.of(List.of(1L, 3L, 5L, 7L, 9L));
            assertThat(MailboxSessionContract.failed(session.search(Wanted.ALL, five)))
                    .isEqualTo(ReceiveMessage.TOO_MUCH.id());
        }
    }

    @Test
    void moreAnswersThanAllowedEndTheSession() {
        deliver(9);
        try (MailboxSession session = open(limits(10, 100, 500, 10))) {
            List<Glimpse> seen = new ArrayList<>();
            UidSet nine = UidSet.between(1, 9);
            assertThat(MailboxSessionContract.good(session.look(nine, seen::add)))
                    .isTrue();
            assertThat(seen).hasSize(9);
            assertThat(MailboxSessionContract.good(session.search(Wanted.ALL, ALL))
                            .size())
                    .isEqualTo(9);
            deliver(1);
            assertThat(MailboxSessionContract.good(session.search(Wanted.ALL, ALL))
                            .size())
                    .isEqualTo(10);
            assertThat(MailboxSessionContract.failed(session.look(UidSet.between(1, 10), seen::add)))
                    .isEqualTo(ReceiveMessage.TOO_MUCH.id());
        }
    }

    @Test
    void looksAndFetchesAreCutIntoCommands() {
        deliver(11);
        try (MailboxSession session = open(limits(100, 100, 5, 10))) {
            List<Glimpse> seen = new ArrayList<>();
            assertThat(MailboxSessionContract.good(session.look(UidSet.between(1, 11), seen::add)))
                    .isTrue();
            assertThat(seen).hasSize(11);
            List<UidSet> chunks = new ArrayList<>();
            for (long uid = 1; uid <= 11; uid++) {
                chunks.add(UidSet.of(uid));
            }
            Bodies bodies = new Bodies();
            assertThat(MailboxSessionContract.good(session.fetch(chunks, bodies)))
                    .isTrue();
            assertThat(bodies.whole()).hasSize(11);
            assertThat(MailboxSessionContract.good(session.addFlags(UidSet.between(1, 11), Set.of("\\Seen"))))
                    .isTrue();
        }
        List<String> looks = rig.server.script().lines().stream()
                .filter(line -> line.contains("HEADER"))
                .map(line -> line.split(" ")[2])
                .toList();
        assertThat(looks).containsExactly("1:5", "6:10", "11");
        assertThat(rig.server.script().lines()).allMatch(line -> line.length() + 12 <= 200);
    }

    @Test
    void listOfTooManyFoldersIsRefused() {
        rig.server.folders().put("A", new MemoryFolder(1));
        ImapMailbox mailbox = rig.mailbox(limits(100, 100, 5, 2));
        assertThat(MailboxSessionContract.good(mailbox.folders())).hasSize(2);
        rig.server.folders().put("日本", new MemoryFolder(1));
        assertThat(MailboxSessionContract.failed(mailbox.folders())).isEqualTo(ReceiveMessage.TOO_MUCH.id());
        assertThat(MailboxSessionContract.good(rig.mailbox(rig.settings()).folders()))
                .extracting(ImapFolder::name)
                .containsExactlyInAnyOrder("INBOX", "A", "日本");
    }

    @Test
    void listWhoseNamesWouldFillTheMemoryIsRefused() {
        rig.server.folders().put("a".repeat(700), new MemoryFolder(1));
        ImapMailbox mailbox = rig.mailbox(limits(100, 100, 5, 2));
        assertThat(MailboxSessionContract.good(mailbox.folders())).hasSize(2);
        rig.server.folders().clear();
        rig.server.folders().put("b".repeat(900), new MemoryFolder(1));
        assertThat(MailboxSessionContract.failed(mailbox.folders())).isEqualTo(ReceiveMessage.TOO_MUCH.id());
    }
}
