package ekiden.mail.receive;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.receive.MailboxSession.Wanted;
import ekiden.mail.receive.MailboxSession.Woken;
import ekiden.model.mail.UidSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every {@link Mailbox} keeps. */
public interface MailboxSessionContract {
    /** Long enough for anything. */
    Duration LONG = Duration.ofSeconds(20);

    /** A mailbox seen from the other side: its server and another client. */
    interface World {
        /**
         * @param folder its name; {@code INBOX} and {@code 済み} exist, {@code nowhere} does not
         * @param readOnly whether nothing is to be changed
         * @return the mailbox
         */
        Mailbox mailbox(String folder, boolean readOnly);

        /** A mail arrives in the inbox; it is there when this returns. It may get more header lines on the way. */
        void deliver(String mail);

        /** Another client removes a mail from the inbox. */
        void expunge(long uid);

        /** Another client marks a mail in the inbox. */
        void mark(long uid, String flag);

        /** {@return the flags of a mail in the inbox; asks as another client} */
        Set<String> flags(long uid);

        /** {@return how many mails are in a folder} */
        long count(String folder);
    }

    /** {@return a world of this test's own, with an empty inbox} */
    World world();

    /** {@return what a result holds} */
    static <T> T good(Result<T> result) {
        return switch (result) {
            case Result.Ok<T>(T value) -> value;
            case Result.Failed<T>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    /** {@return the id of what went wrong} */
    static String failed(Result<?> result) {
        return result instanceof Result.Failed<?>(Problem problem) ? problem.id() : "nothing: " + result;
    }

    private static MailboxSession inbox(World world) {
        return good(world.mailbox("INBOX", false).open());
    }

    private static String mail(int number) {
        return "Subject: mail " + number + "\r\n\r\nText of mail " + number + "\r\n.\r\n..two dots\r\nend\r\n";
    }

    private static UidSet all(MailboxSession session) {
        return good(session.search(Wanted.ALL, UidSet.between(1, UidSet.MAX)));
    }

    private static UidSet deliver(World world, MailboxSession session, int count) {
        for (int i = 1; i <= count; i++) {
            // a dot alone would end the mail on its way
            world.deliver(mail(i).replace("\r\n.\r\n..two", "\r\ntwo"));
        }
        return all(session);
    }

    private static List<Glimpse> look(MailboxSession session, UidSet mails) {
        List<Glimpse> seen = new ArrayList<>();
        assertThat(good(session.look(mails, seen::add))).isTrue();
        return seen;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    default void openedFolderTellsWhatItIs() {
        try (MailboxSession session = inbox(world())) {
            FolderState folder = session.folder();
            assertThat(folder.name()).isEqualTo("INBOX");
            assertThat(folder.uidValidity()).isPositive();
            assertThat(folder.exists()).isZero();
            assertThat(folder.readOnly()).isFalse();
            assertThat(folder.keywords()).isTrue();
            assertThat(session.server().protocol()).startsWith("IMAP4");
        }
    }

    @Test
    default void emptyFolderHasNoMail() {
        try (MailboxSession session = inbox(world())) {
            assertThat(all(session)).isEqualTo(UidSet.EMPTY);
            assertThat(good(session.search(Wanted.UNREAD, UidSet.between(1, UidSet.MAX))))
                    .isEqualTo(UidSet.EMPTY);
            assertThat(good(session.search(Wanted.ALL, UidSet.EMPTY))).isEqualTo(UidSet.EMPTY);
            assertThat(look(session, UidSet.between(1, 5))).isEmpty();
            Bodies bodies = new Bodies();
            assertThat(good(session.fetch(List.of(UidSet.between(1, 5)), bodies)))
                    .isTrue();
            assertThat(bodies.whole()).isEmpty();
        }
    }

    @Test
    default void folderThatIsNotThereIsNamedSo() {
        assertThat(failed(world().mailbox("nowhere", false).open())).isEqualTo(ReceiveMessage.NO_FOLDER.id());
    }

    @Test
    default void folderWithAJapaneseNameIsOpened() {
        try (MailboxSession session = good(world().mailbox("済み", false).open())) {
            assertThat(session.folder().name()).isEqualTo("済み");
            assertThat(all(session).isEmpty()).isTrue();
        }
    }

    @Test
    default void searchFindsAllOrTheUnreadOnes() {
        World world = world();
        try (MailboxSession session = inbox(world)) {
            UidSet all = deliver(world, session, 3);
            assertThat(all.size()).isEqualTo(3);
            UidSet first = all.first(1);
            world.mark(first.max(), "\\Seen");
            assertThat(good(session.search(Wanted.UNREAD, UidSet.between(1, UidSet.MAX))))
                    .isEqualTo(all.minus(first));
        }
    }

    @Test
    default void searchStaysAmongWhatItIsAskedFor() {
        World world = world();
        try (MailboxSession session = inbox(world)) {
            UidSet all = deliver(world, session, 3);
            UidSet last = UidSet.of(all.max());
            assertThat(good(session.search(Wanted.ALL, last))).isEqualTo(last);
            assertThat(good(session.search(Wanted.ALL, UidSet.between(all.max(), UidSet.MAX))))
                    .isEqualTo(last);
            // "9:*" also means the last one where all are older
            assertThat(good(session.search(Wanted.ALL, UidSet.between(all.max() + 1, UidSet.MAX))))
                    .isEqualTo(UidSet.EMPTY);
        }
    }

    @Test
    default void lookShowsAMailAndLeavesItUnread() {
        World world = world();
        try (MailboxSession session = inbox(world)) {
            UidSet all = deliver(world, session, 1);
            Glimpse glimpse = look(session, all).getFirst();
            assertThat(glimpse.uid()).isEqualTo(all.max());
            assertThat(text(glimpse.header())).contains("Subject: mail 1\r\n").endsWith("\r\n\r\n");
            assertThat(glimpse.seen()).isFalse();
            assertThat(glimpse.size()).isGreaterThan(glimpse.header().length);
            assertThat(glimpse.received().getEpochSecond()).isPositive();
            assertThat(world.flags(all.max())).doesNotContain("\\Seen");
        }
    }

    @Test
    default void bodiesComeWholeAndStayUnread() {
        World world = world();
        try (MailboxSession session = inbox(world)) {
            UidSet all = deliver(world, session, 5);
            Bodies bodies = new Bodies();
            List<UidSet> chunks = List.of(all.first(2), all.minus(all.first(2)));
            assertThat(good(session.fetch(chunks, bodies))).isTrue();
            assertThat(bodies.wrong()).isEmpty();
            assertThat(bodies.whole()).hasSize(5);
            assertThat(text(bodies.whole().getOrDefault(all.max(), new byte[0])))
                    .contains("Subject: mail 5\r\n")
                    .endsWith("Text of mail 5\r\ntwo dots\r\nend\r\n");
            assertThat(world.flags(all.max())).doesNotContain("\\Seen");
            assertThat((long) bodies.whole().getOrDefault(all.max(), new byte[0]).length)
                    .isEqualTo(look(session, UidSet.of(all.max())).getFirst().size());
        }
    }

    @Test
    default void restOfAMailFitsItsBeginning() {
        World world = world();
        try (MailboxSession session = inbox(world)) {
            UidSet all = deliver(world, session, 1);
            Bodies whole = new Bodies();
            Bodies rest = new Bodies();
            assertThat(good(session.fetch(List.of(all), whole))).isTrue();
            assertThat(good(session.fetchFrom(all.max(), 10, rest))).isTrue();
            String text = text(whole.whole().getOrDefault(all.max(), new byte[0]));
            assertThat(text(rest.whole().getOrDefault(all.max(), new byte[0]))).isEqualTo(text.substring(10));
            assertThat(rest.wrong()).isEmpty();
        }
    }

    @Test
    default void mailsThatAreGoneArePassedOver() {
        World world = world();
        try (MailboxSession session = inbox(world)) {
            UidSet all = deliver(world, session, 3);
            long gone = all.first(2).max();
            world.expunge(gone);
            assertThat(look(session, all)).hasSize(2);
            Bodies bodies = new Bodies();
            assertThat(good(session.fetch(List.of(all), bodies))).isTrue();
            assertThat(bodies.whole()).hasSize(2);
            assertThat(good(session.fetchFrom(gone, 5, bodies))).isTrue();
            assertThat(bodies.whole()).hasSize(2);
            assertThat(good(session.addFlags(UidSet.of(gone), Set.of("\\Seen"))))
                    .isTrue();
            assertThat(good(session.move(UidSet.of(gone), "済み"))).isTrue();
            assertThat(good(session.delete(UidSet.of(gone)))).isTrue();
            assertThat(all(session).size()).isEqualTo(2);
        }
    }

    @Test
    default void flagsAndKeywordsAreAdded() {
        World world = world();
        try (MailboxSession session = inbox(world)) {
            UidSet all = deliver(world, session, 2);
            UidSet first = all.first(1);
            world.mark(first.max(), "\\Flagged");
            assertThat(good(session.addFlags(first, Set.of("\\Seen", "Ekiden"))))
                    .isTrue();
            assertThat(world.flags(first.max())).contains("\\Seen", "\\Flagged", "Ekiden");
            assertThat(world.flags(all.max())).doesNotContain("\\Seen", "Ekiden");
            assertThat(good(session.addFlags(all, Set.of()))).isTrue();
        }
    }

    @Test
    default void movedMailIsInTheOtherFolderOnly() {
        World world = world();
        try (MailboxSession session = inbox(world)) {
            UidSet all = deliver(world, session, 3);
            assertThat(good(session.move(all.first(2), "済み"))).isTrue();
            assertThat(all(session)).isEqualTo(all.minus(all.first(2)));
            assertThat(world.count("済み")).isEqualTo(2);
            assertThat(world.count("INBOX")).isEqualTo(1);
        }
    }

    @Test
    default void moveToNowhereIsRefusedAndNothingIsLost() {
        World world = world();
        try (MailboxSession session = inbox(world)) {
            UidSet all = deliver(world, session, 1);
            assertThat(failed(session.move(all, "nowhere"))).isEqualTo(ReceiveMessage.NO_TARGET.id());
            assertThat(all(session)).isEqualTo(all);
        }
    }

    @Test
    default void deleteRemovesJustThese() {
        World world = world();
        try (MailboxSession session = inbox(world)) {
            UidSet all = deliver(world, session, 3);
            world.mark(all.max(), "\\Deleted");
            assertThat(good(session.delete(all.first(1)))).isTrue();
            assertThat(all(session)).isEqualTo(all.minus(all.first(1)));
            assertThat(good(session.delete(UidSet.EMPTY))).isTrue();
        }
    }

    @Test
    default void nothingIsChangedInAFolderOpenedForReading() {
        World world = world();
        try (MailboxSession writing = inbox(world);
                MailboxSession session = good(world.mailbox("INBOX", true).open())) {
            UidSet all = deliver(world, writing, 1);
            assertThat(session.folder().readOnly()).isTrue();
            String readOnly = ReceiveMessage.READ_ONLY.id();
            assertThat(failed(session.addFlags(all, Set.of("\\Seen")))).isEqualTo(readOnly);
            assertThat(failed(session.move(all, "済み"))).isEqualTo(readOnly);
            assertThat(failed(session.delete(all))).isEqualTo(readOnly);
            assertThat(all(session)).isEqualTo(all);
        }
    }

    @Test
    default void mailThatArrivesDuringAWaitEndsIt() throws Exception {
        World world = world();
        try (MailboxSession session = inbox(world)) {
            assertThat(all(session)).isEqualTo(UidSet.EMPTY);
            CompletableFuture<Result<Woken>> woken = new CompletableFuture<>();
            Thread waiting = Thread.ofVirtual().start(() -> woken.complete(session.await(LONG)));
            world.deliver("Subject: x\r\n\r\nx\r\n");
            assertThat(good(woken.get(LONG.toSeconds(), TimeUnit.SECONDS))).isEqualTo(Woken.HINT);
            waiting.join();
            assertThat(all(session).size()).isEqualTo(1);
        }
    }

    @Test
    default void mailThatArrivedSinceTheLastSearchIsNotSleptOver() {
        World world = world();
        try (MailboxSession session = inbox(world)) {
            assertThat(all(session)).isEqualTo(UidSet.EMPTY);
            world.deliver("Subject: x\r\n\r\nx\r\n");
            assertThat(good(session.await(LONG))).isEqualTo(Woken.HINT);
            assertThat(good(session.await(LONG))).as("until somebody searches").isEqualTo(Woken.HINT);
            assertThat(all(session).size()).isEqualTo(1);
        }
    }

    @Test
    default void waitWithoutNewsEndsWhenTimeIsUpAndCanBeRepeated() {
        try (MailboxSession session = inbox(world())) {
            assertThat(all(session)).isEqualTo(UidSet.EMPTY);
            for (int i = 0; i < 3; i++) {
                assertThat(good(session.await(Duration.ofMillis(20)))).isEqualTo(Woken.TIME);
            }
            assertThat(all(session)).isEqualTo(UidSet.EMPTY);
        }
    }

    @Test
    default void wakeEndsAWaitAndTheSessionGoesOn() throws Exception {
        World world = world();
        try (MailboxSession session = inbox(world)) {
            assertThat(all(session)).isEqualTo(UidSet.EMPTY);
            CompletableFuture<Result<Woken>> woken = new CompletableFuture<>();
            Thread waiting = Thread.ofVirtual().start(() -> woken.complete(session.await(LONG)));
            while (!woken.isDone()) {
                session.wake();
                waiting.join(Duration.ofMillis(1));
            }
            assertThat(good(woken.get())).isEqualTo(Woken.HINT);
            session.wake();
            assertThat(deliver(world, session, 1).size()).isEqualTo(1);
            assertThat(good(session.await(Duration.ofMillis(20)))).isNotNull();
        }
    }

    @Test
    default void mailThatArrivesWhileTheServerIsAskedEndsTheWait() throws Exception {
        World world = world();
        Wait asking = new Wait(LONG, Duration.ofMillis(5));
        try (MailboxSession session = inbox(world)) {
            assertThat(all(session)).isEqualTo(UidSet.EMPTY);
            assertThat(good(session.await(asking.noLongerThan(Duration.ofMillis(30)))))
                    .isEqualTo(Woken.TIME);
            CompletableFuture<Result<Woken>> woken = new CompletableFuture<>();
            Thread waiting = Thread.ofPlatform().start(() -> woken.complete(session.await(asking)));
            world.deliver("Subject: x\r\n\r\nx\r\n");
            assertThat(good(woken.get(LONG.toSeconds(), TimeUnit.SECONDS))).isEqualTo(Woken.HINT);
            waiting.join();
            assertThat(all(session).size()).isEqualTo(1);
        }
    }

    /** However much there is to do: a mailbox must not wait for ever behind others. */
    @Test
    default void mailThatArrivesWhileQuestionsArePutOffEndsTheWait() throws Exception {
        World world = world();
        try (MailboxSession session = inbox(world)) {
            assertThat(all(session)).isEqualTo(UidSet.EMPTY);
            CompletableFuture<Result<Woken>> woken = new CompletableFuture<>();
            Thread waiting = Thread.ofPlatform()
                    .start(() -> woken.complete(session.await(new Wait(LONG, Duration.ofMillis(5)), () -> true)));
            world.deliver("Subject: x\r\n\r\nx\r\n");
            assertThat(good(woken.get(LONG.toSeconds(), TimeUnit.SECONDS))).isEqualTo(Woken.HINT);
            waiting.join();
        }
    }

    @Test
    default void wakeEndsAWaitInWhichTheServerIsAsked() throws Exception {
        try (MailboxSession session = inbox(world())) {
            assertThat(all(session)).isEqualTo(UidSet.EMPTY);
            CompletableFuture<Result<Woken>> woken = new CompletableFuture<>();
            Thread waiting = Thread.ofPlatform()
                    .start(() -> woken.complete(session.await(new Wait(LONG, Duration.ofMillis(1)))));
            while (!woken.isDone()) {
                session.wake();
                waiting.join(Duration.ofMillis(1));
            }
            assertThat(good(woken.get())).isEqualTo(Woken.HINT);
            assertThat(all(session)).isEqualTo(UidSet.EMPTY);
        }
    }

    @Test
    default void closeEndsAWaitOfAnotherThread() throws Exception {
        MailboxSession session = inbox(world());
        assertThat(all(session)).isEqualTo(UidSet.EMPTY);
        CompletableFuture<Result<Woken>> woken = new CompletableFuture<>();
        Thread waiting = Thread.ofVirtual().start(() -> woken.complete(session.await(LONG.multipliedBy(3))));
        session.close();
        assertThat(failed(woken.get(LONG.toSeconds(), TimeUnit.SECONDS))).isEqualTo(ReceiveMessage.LOST.id());
        waiting.join();
    }

    @Test
    default void closedSessionSaysSo() {
        MailboxSession session = inbox(world());
        session.close();
        session.close();
        Result<UidSet> result = session.search(Wanted.ALL, UidSet.between(1, UidSet.MAX));
        assertThat(failed(result)).isEqualTo(ReceiveMessage.LOST.id());
        assertThat(ReceiveMessage.LOST.kind()).isEqualTo(MessageId.Kind.RETRYABLE);
    }
}
